using System.Text.RegularExpressions;
using Bot.WeChat.Api;

namespace Bot.Handlers.Notices;

/// <summary>47003: the platform looked at a value by the rule of its field and refused the notice, so that nothing went out.</summary>
public static partial class RefusedValue
{
    private const int Code = 47003;

    /// <returns>The field that the platform names, which is what somebody has to look at; null when it names none.</returns>
    public static string? Field(ApiError? error) =>
        error is { Code: Code } && Name().Match(error.Message) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The notice as it may be tried once more: every value made to fit, since the platform names only the first one that does not.</summary>
    /// <returns>Null when it was not refused for a value, or when fitting does not change what the platform complains of.</returns>
    public static TemplateMessage? Mend(TemplateMessage refused, ApiError? error)
    {
        if (error is not { Code: Code })
            return null;
        var data = refused.Data.ToDictionary(field => field.Key, field => Fitting(field.Key, field.Value), StringComparer.Ordinal);
        var named = Field(error);
        return data.Any(field => (named is null || field.Key == named) && field.Value != refused.Data[field.Key]) ? refused with { Data = data } : null;
    }

    // What cannot be made to fit stays as it is written: a part of it would say something else.
    private static string Fitting(string field, string value) => TemplateField.Named(field).Fit(value) is { Problem: null } fitted ? fitted.Value : value;

    [GeneratedRegex(@"data\.(\w{1,40})\.value", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
