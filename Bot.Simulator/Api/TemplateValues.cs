using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Simulator.Api;

/// <summary>What each type of template field takes. Source: “模板消息”, “订阅通知”: 参数类别.</summary>
internal static partial class TemplateValues
{
    /// <param name="field">Type and number, such as <c>thing1</c>.</param>
    /// <returns>Whether the platform takes the value.</returns>
    public static bool Fits(string field, string value, PlatformLimits limits) => field.TrimEnd("0123456789".ToCharArray()) switch
    {
        "thing" => Characters(value) <= 20,
        "short_thing" => Characters(value) <= limits.ShortThingCharacters,
        "number" => Number().IsMatch(value),
        "letter" => Letters().IsMatch(value),
        "symbol" => value.Length <= 5 && value.All(c => (char.IsPunctuation(c) || char.IsSymbol(c)) && !char.IsControl(c)),
        "character_string" => Ascii().IsMatch(value),
        "time" => Split(value).All(IsTime),
        "date" => Split(value).All(IsDate),
        "amount" => Amount().IsMatch(value),
        "phone_number" => Phone().IsMatch(value),
        "car_number" => CarNumber().IsMatch(value),
        "name" => value.Any(IsChinese) ? Characters(value) <= 10 : value.Length <= 20 && !value.Any(char.IsAsciiDigit),
        "phrase" => Characters(value) <= 5 && value.All(IsChinese),
        _ => true,
    };

    /// <summary>Blank, or symbols only, counts as empty.</summary>
    public static bool IsEmpty(string field, string? value) =>
        string.IsNullOrWhiteSpace(value) || (!field.StartsWith("symbol", StringComparison.Ordinal) && !value.Any(char.IsLetterOrDigit));

    /// <summary>As a citizen counts: an emoji is one.</summary>
    public static int Characters(string value) => new StringInfo(value).LengthInTextElements;

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';

    private static string[] Split(string value) => value.Split('~', StringSplitOptions.TrimEntries);

    private static bool IsTime(string value) => Clock().IsMatch(value) || IsDate(value);

    private static bool IsDate(string value) => Date().IsMatch(value);

    [GeneratedRegex(@"^-?\d{1,32}(\.\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z]{1,32}$")]
    private static partial Regex Letters();

    [GeneratedRegex(@"^[\x21-\x7e ]{1,32}$")]
    private static partial Regex Ascii();

    [GeneratedRegex(@"^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(\d{4}年)?\d{1,2}月\d{1,2}日(\s*([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?)?$|^\d{4}(?<s>[-/.])\d{1,2}\k<s>\d{1,2}(\s+([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[¥￥$€£]?\d{1,10}(\.\d+)?元?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[\d+\-()（）*# ]{1,17}$")]
    private static partial Regex Phone();

    [GeneratedRegex("^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9]{1,6}[A-Za-z0-9\u4e00-\u9fff]$")]
    private static partial Regex CarNumber();
}
