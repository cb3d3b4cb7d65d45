using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat.Api;

namespace Bot.Handlers.Messages;

/// <summary>Whether a template can carry a kind of our messages, and what to put where.</summary>
public static class MessageFit
{
    /// <returns>What is missing or does not fit, in words; null when nothing does.</returns>
    public static string? Problem(MessageKind kind, MessageTemplate use) => Unsendable(kind, use) is { } problem
        ? Unsaid(kind, use) is { } unsaid ? $"{problem}；{unsaid}" : problem
        : Unsaid(kind, use);

    /// <returns>Why it cannot go by the template, in words; null when it can.</returns>
    public static string? Unsendable(MessageKind kind, MessageTemplate use)
    {
        var fields = Shown(use.Template.Latest);
        List<string> problems = [];
        if (!use.Template.Active)
            problems.Add("微信公众平台上已没有这个模板");
        foreach (var field in fields)
        {
            var source = use.Fields.Count == 0 ? field.Name : use.Fields.GetValueOrDefault(field.Name, "");
            if (Value(kind, source) is not { Length: > 0 } value)
                problems.Add($"“{Label(use, field)}”没有指定内容");
            else if (field.Fit(value) is var fitted && (fitted.Problem is not null || fitted.Value != value))
                problems.Add($"“{Label(use, field)}”（{field.Name}）放不下“{value}”");
        }

        return Joined(problems);
    }

    /// <returns>What its readers are not told, in words: it goes all the same. Null when they are told everything.</returns>
    public static string? Unsaid(MessageKind kind, MessageTemplate use)
    {
        var used = Shown(use.Template.Latest).Select(f => use.Fields.Count == 0 ? f.Name : use.Fields.GetValueOrDefault(f.Name, "")).ToHashSet(StringComparer.Ordinal);
        return Joined([.. kind.Fields.Where(f => (f.Needed || use.Fields.Count == 0) && !used.Contains(f.Name)).Select(f => $"没有用到“{f.Label}”")]);
    }

    private static string? Joined(List<string> problems) => problems.Count == 0 ? null : string.Join('；', problems);

    /// <summary>What each field of the template probably means: of ours that fit and are not used yet the one of its label, else of its name, else of its type.</summary>
    public static IReadOnlyDictionary<string, string> Suggest(MessageKind kind, TemplateVersion template)
    {
        Dictionary<string, string> suggested = new(StringComparer.Ordinal);
        foreach (var field in Shown(template))
        {
            var free = kind.Fields.Where(f => !suggested.ContainsValue(f.Name) && Fits(field, f)).OrderByDescending(f => f.Needed).ToArray();
            var label = NoticePreview.Label(template, field);
            if ((free.FirstOrDefault(f => f.Label == label) ?? free.FirstOrDefault(f => f.Name == field.Name) ?? free.FirstOrDefault(f => Type(f) == field.Type) ?? free.FirstOrDefault()) is { } first)
                suggested[field.Name] = first.Name;
        }

        return suggested;
    }

    /// <summary>For a subscription template, whose fields may be numbered otherwise: each gets what the field of the same label gets.</summary>
    public static IReadOnlyDictionary<string, string> Refill(MessageTemplate use, IReadOnlyDictionary<string, string> data, TemplateVersion other)
    {
        var filled = use.Fill(data);
        var labelled = Shown(use.Template.Latest).ToLookup(field => Label(use, field), field => field.Name);
        return other.Fields
            .Select(field => (field.Name, From: labelled[NoticePreview.Label(other, field)].FirstOrDefault() ?? field.Name))
            .Where(field => filled.ContainsKey(field.From))
            .ToDictionary(field => field.Name, field => filled[field.From], StringComparer.Ordinal);
    }

    /// <summary>The fields of the notice; old templates have a first and a last line that the platform shows no more.</summary>
    public static IReadOnlyList<TemplateField> Shown(TemplateVersion template) => [.. template.Fields.Where(f => f.Name is not ("first" or "remark"))];

    private static bool Fits(TemplateField field, MessageField ours) => field.Fit(ours.Example) is { Problem: null } fitted && fitted.Value == ours.Example;

    private static TemplateFieldType Type(MessageField ours) => TemplateField.Named(ours.Name).Type;

    private static string? Value(MessageKind kind, string source) =>
        source is [MessageTemplate.Fixed, .. var words] ? words : kind.Fields.FirstOrDefault(f => f.Name == source)?.Example;

    private static string Label(MessageTemplate use, TemplateField field) => NoticePreview.Label(use.Template.Latest, field);
}
