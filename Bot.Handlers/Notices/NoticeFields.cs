using Bot.Data.Notices;

namespace Bot.Handlers.Notices;

/// <summary>Checks the values of one recipient by the fields of the template, as the platform will.</summary>
public static class NoticeFields
{
    private const int MostFields = 20;

    /// <param name="fit">True makes values fit first: trimmed, too long text cut, 无 for nothing. For what the bot itself writes.</param>
    /// <returns>The values to send, and what is wrong with them in words; null when nothing is.</returns>
    public static (IReadOnlyDictionary<string, string> Data, string? Problem) Check(
        TemplateVersion template, IReadOnlyDictionary<string, string> data, bool fit = false)
    {
        Dictionary<string, string> values = new(template.Fields.Count, StringComparer.Ordinal);
        List<string> problems = [];
        foreach (var field in template.Fields)
        {
            var value = data.GetValueOrDefault(field.Name);
            // Old templates: the platform shows neither the first nor the last line any more.
            if (value is null && field.Name is "first" or "remark")
                continue;
            if (fit)
            {
                var fitted = field.Fit(value);
                values[field.Name] = fitted.Value;
                if (fitted.Problem is { } unfit)
                    problems.Add(unfit);
            }
            else if (value is null)
            {
                problems.Add($"{field.Name}：缺少该字段");
            }
            else
            {
                values[field.Name] = value;
                if (field.Check(value) is { } problem)
                    problems.Add(problem);
            }
        }

        if (data.Count > MostFields)
            problems.Add("字段过多");
        else
            problems.AddRange(data.Keys.Where(name => template.Fields.All(f => f.Name != name)).Select(name => $"{Short(name)}：模板没有该字段"));
        return (values, problems.Count == 0 ? null : string.Join('；', problems));
    }

    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
