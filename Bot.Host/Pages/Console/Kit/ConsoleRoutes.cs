using Bot.Data.Staff;

namespace Bot.Host.Pages.Console;

/// <summary>Where signing in leads.</summary>
internal static class ConsoleRoutes
{
    public const string Home = "/console";
    public const string SignIn = "/console/sign-in";
    public const string Code = "/console/sign-in/code";
    public const string SecondFactor = "/console/sign-in/second-factor";
    public const string Password = "/console/sign-in/password";

    /// <param name="back">Where they wanted to go.</param>
    public static string StageOf(SignInStage? stage, string? back)
    {
        var page = stage switch
        {
            null => SignIn,
            SignInStage.NeedsCode => Code,
            SignInStage.NeedsSecondFactor => SecondFactor,
            SignInStage.NeedsPassword => Password,
            _ => null,
        };
        var inside = Inside(back);
        return page is null ? inside : inside == Home ? page : $"{page}?back={Uri.EscapeDataString(inside)}";
    }

    // Only into the console: a link must not use our sign-in to lead elsewhere.
    private static string Inside(string? back) =>
        back is not null && (back == Home || back.StartsWith("/console/", StringComparison.Ordinal)) && !back.StartsWith(SignIn, StringComparison.Ordinal)
        && !back.Contains('\\', StringComparison.Ordinal) ? back : Home;
}
