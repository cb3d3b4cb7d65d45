using System.Text.RegularExpressions;

namespace Bot.WeChat.Api;

/// <summary>A place in a template for one value, such as <c>thing1</c>: a type and a number.</summary>
/// <remarks>
/// Since 2023 the platform checks each value by its type and refuses the notice with 47003, naming the field. So do we, before sending.
/// Source: WeChat Official Accounts documentation, “模板消息”, “订阅通知”, 参数类别.
/// </remarks>
public sealed partial record TemplateField(string Name, TemplateFieldType Type)
{
    /// <param name="name">Such as <c>thing1</c> or, in old templates, <c>keyword1</c>. A type that is not known is not checked beyond its presence.</param>
    public static TemplateField Named(string name) => new(name, TypeOf(name));

    /// <summary>The fields of a template's content, in the order of the notice.</summary>
    /// <param name="content">Lines such as <c>申请事项:{{thing1.DATA}}</c>.</param>
    public static IReadOnlyList<TemplateField> AllOf(string content) =>
        [.. Placeholder().Matches(content).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Select(Named)];

    /// <summary>Makes the value fit where that keeps its meaning, then checks it: trimmed, no line breaks, no emoji, cut at the limit with “…”, 无 for nothing.</summary>
    public FittedValue Fit(string? value)
    {
        var fitted = FieldSanitiser.Sanitise(Type, value ?? "");
        return new(fitted, Check(fitted));
    }

    /// <summary>Null when the platform should accept the value as it is; else what is wrong, for staff, naming the field.</summary>
    public string? Check(string value) => FieldRules.Problem(Type, value) is { } problem ? $"{Name}：{problem}" : null;

    private static TemplateFieldType TypeOf(string name) => name.AsSpan().TrimEnd("0123456789") switch
    {
        "thing" => TemplateFieldType.Thing,
        "short_thing" => TemplateFieldType.ShortThing,
        "number" => TemplateFieldType.Number,
        "letter" => TemplateFieldType.Letter,
        "symbol" => TemplateFieldType.Symbol,
        "character_string" => TemplateFieldType.CharacterString,
        "time" => TemplateFieldType.Time,
        "date" => TemplateFieldType.Date,
        "amount" => TemplateFieldType.Amount,
        "phone_number" => TemplateFieldType.PhoneNumber,
        "car_number" => TemplateFieldType.CarNumber,
        "name" => TemplateFieldType.Name,
        "phrase" => TemplateFieldType.Phrase,
        "enum" => TemplateFieldType.Enum,
        "const" => TemplateFieldType.Const,
        "keyword" => TemplateFieldType.Keyword,
        _ => TemplateFieldType.Unknown,
    };

    [GeneratedRegex(@"\{\{\s*([A-Za-z_]+[0-9]*)\.DATA\s*\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

/// <param name="Problem">Null when the value may be sent.</param>
public readonly record struct FittedValue(string Value, string? Problem);

/// <summary>The platform's words for kinds of values.</summary>
public enum TemplateFieldType
{
    Thing,
    ShortThing,
    Number,
    Letter,
    Symbol,
    CharacterString,
    Time,
    Date,
    Amount,
    PhoneNumber,
    CarNumber,
    Name,
    Phrase,
    Enum,
    Const,

    /// <summary>Of old templates: 20 characters, no line breaks; the platform cuts instead of refusing.</summary>
    Keyword,

    /// <summary>Newer than this release, or <c>first</c> and <c>remark</c> of old templates, which the platform no longer shows.</summary>
    Unknown,
}
