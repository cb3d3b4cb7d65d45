using Bot.Data.Policies;
using Bot.Handlers.Policies;

namespace Bot.Host.Pages.Public;

/// <summary>Parts of a document as the pages show them.</summary>
internal static class PolicyView
{
    private const int LongestDescription = 120;
    private const string DateFormat = "yyyy年M月d日";

    public static string Words(Validity validity, Policy policy) => validity switch
    {
        Validity.InForce when policy.LapsesOn is { } lapses => PolicyWords.InForceUntil.Say(Date(lapses.AddDays(-1))),
        Validity.InForce => PolicyWords.InForce.Say(),
        Validity.Amended => PolicyWords.Amended.Say(),
        Validity.NotYet => PolicyWords.NotYet.Say(Date(policy.EffectiveOn!.Value)),
        Validity.Lapsed => PolicyWords.Lapsed.Say(),
    };

    /// <summary>The style of a badge.</summary>
    public static string Style(Validity validity) => validity switch
    {
        Validity.InForce => "in-force",
        Validity.Amended => "amended",
        Validity.NotYet => "not-yet",
        Validity.Lapsed => "lapsed",
    };

    public static string Date(DateOnly day) => day.ToString(DateFormat, null);

    /// <param name="bytes">Of a file.</param>
    public static string Size(int bytes) => bytes < 1 << 20 ? $"{Math.Max(1, bytes >> 10)} KB" : $"{bytes / (double)(1 << 20):0.#} MB";

    public static string[] Paragraphs(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>For share cards and search engines: the short answer, or the first thing that is known.</summary>
    public static string Description(Policy policy)
    {
        var text = ((string[])[policy.Summary, policy.Conditions, policy.Who, policy.Body, policy.Title]).First(t => t.Length > 0).ReplaceLineEndings(" ");
        return text.Length <= LongestDescription ? text : $"{text.AsSpan(0, LongestDescription - 1)}…";
    }
}
