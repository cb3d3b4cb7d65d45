using Bot.Data.Notices;

namespace Bot.Handlers.Notices;

/// <summary>The notice as the citizen will see it.</summary>
public static class NoticePreview
{
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
