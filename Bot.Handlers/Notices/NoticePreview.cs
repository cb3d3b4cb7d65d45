using Bot.Data.Notices;
using Bot.WeChat.Api;

namespace Bot.Handlers.Notices;

/// <summary>The notice as the citizen will see it.</summary>
public static class NoticePreview
{
    /// <summary>What the notice calls the field, such as 申请事项.</summary>
    public static string Label(TemplateVersion template, TemplateField field) =>
        Lines(template, new Dictionary<string, string> { [field.Name] = "\u0001" }).FirstOrDefault(line => line.Value.Contains('\u0001', StringComparison.Ordinal))?.Label is { Length: > 0 } label
            ? label : field.Name;

    /// <returns>Title, then a line a field.</returns>
    public static IReadOnlyList<PreviewLine> Lines(TemplateVersion template, IReadOnlyDictionary<string, string> data)
    {
        List<PreviewLine> lines = [];
        foreach (var line in template.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = template.Fields.Aggregate(
                line, (words, field) => words.Replace($"{{{{{field.Name}.DATA}}}}", data.GetValueOrDefault(field.Name, ""), StringComparison.Ordinal));
            var colon = text.AsSpan().IndexOfAny(':', '：');
            lines.Add(colon < 0 ? new("", text) : new(text[..colon], text[(colon + 1)..].Trim()));
        }

        return lines;
    }
}

public sealed record PreviewLine(string Label, string Value);
