using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bot.WeChat.Api;

/// <summary>What each type of field takes. Characters are counted as people see them, by text elements.</summary>
internal static partial class FieldRules
{
    /// <summary>Most characters; null where the rule is not a length.</summary>
    public static int? Limit(TemplateFieldType type) => type switch
    {
        TemplateFieldType.Thing or TemplateFieldType.Keyword => 20,
        // Not documented: 10 is what other accounts use.
        TemplateFieldType.ShortThing => 10,
        TemplateFieldType.Number or TemplateFieldType.Letter or TemplateFieldType.CharacterString => 32,
        TemplateFieldType.Symbol or TemplateFieldType.Phrase => 5,
        TemplateFieldType.PhoneNumber => 17,
        TemplateFieldType.CarNumber => 8,
        TemplateFieldType.Name => 20,
        _ => null,
    };

    /// <summary>Null when the value is fine.</summary>
    public static string? Problem(TemplateFieldType type, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return "不能为空";
        if (value.AsSpan().ContainsAny('\r', '\n'))
            return "不能换行";
        var length = Length(value);
        if (Limit(type) is { } limit && length > limit)
            return $"最多 {limit} 个字，现有 {length} 个字";
        return type switch
        {
            TemplateFieldType.Thing or TemplateFieldType.ShortThing => Says(value) ? null : "不能只有符号",
            TemplateFieldType.Number => Number().IsMatch(value) ? null : "只能填数字，可带小数",
            TemplateFieldType.Letter => value.All(char.IsAsciiLetter) ? null : "只能填英文字母",
            TemplateFieldType.Symbol => value.All(IsSign) ? null : "只能填符号",
            TemplateFieldType.CharacterString => value.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ' || IsSign(c)) ? null : "只能填数字、字母或符号，不能有汉字",
            TemplateFieldType.Time => TimeRules.IsTime(value) ? null : "请填二十四小时制时间，如 15:01 或 2019年10月1日 15:01",
            TemplateFieldType.Date => TimeRules.IsDate(value) ? null : "请填日期，如 2019年10月1日",
            TemplateFieldType.Amount => Amount().IsMatch(value) ? null : "请填金额：货币符号加十位以内数字，可带小数和“元”",
            TemplateFieldType.PhoneNumber => value.All(c => char.IsAsciiDigit(c) || c == ' ' || IsSign(c)) ? null : "只能填数字和符号",
            TemplateFieldType.CarNumber => CarNumber().IsMatch(value) ? null : "请填车牌号码，首末位可为汉字，其余为字母或数字",
            TemplateFieldType.Name => NameProblem(value, length),
            TemplateFieldType.Phrase => value.All(IsHan) ? null : "只能填五个以内的汉字",
            _ => null,
        };
    }

    public static int Length(string value) => new StringInfo(value).LengthInTextElements;

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '〇' or >= '\uF900' and <= '\uFAFF';

    /// <summary>A value of symbols only is refused as empty.</summary>
    public static bool Says(string value) => value.Any(char.IsLetterOrDigit) || HasRareLetter(value);

    public static bool IsSign(char c) => char.IsPunctuation(c) || char.IsSymbol(c);

    // Rare characters in names are surrogate pairs, which char.IsLetter does not see.
    private static bool HasRareLetter(string value) => value.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string? NameProblem(string value, int length)
    {
        var chinese = value.EnumerateRunes().Any(r => Rune.IsLetter(r) && !r.IsAscii);
        if (value.Any(char.IsDigit))
            return "姓名不能有数字";
        return chinese && length > 10 ? $"含汉字的姓名最多 10 个字，现有 {length} 个字" : null;
    }

    [GeneratedRegex(@"^\d+(\.\d+)?$", RegexOptions.ECMAScript | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\p{Sc}?[0-9]{1,10}(\.[0-9]+)?元?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[\u4E00-\u9FFFA-Za-z0-9][A-Za-z0-9]{0,6}[\u4E00-\u9FFFA-Za-z0-9]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CarNumber();
}
