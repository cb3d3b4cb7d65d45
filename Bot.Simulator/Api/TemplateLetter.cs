using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Fills a template, refusing what its fields do not take, as a citizen will see it.</summary>
internal sealed class TemplateLetter(SimulatorOptions options)
{
    // The cut that historical templates get without a word, since May 2023.
    private const int LegacyCharacters = 20;

    /// <returns>The card for the chat, or the refusal that names the field.</returns>
    public (JsonObject? Card, ApiAnswer? Refused) Fill(Template template, JsonObject message)
    {
        if (message["data"] is not JsonObject data)
            return (null, ApiAnswer.Error(47001));
        var fields = new JsonArray();
        foreach (var field in template.Fields)
        {
            var value = data[field.Name]?["value"].Text;
            if (template.IsLegacy)
            {
                if (field.Name is not ("first" or "remark"))
                    fields.Add(Line(field, Legacy(value ?? "")));
                continue;
            }
            if (TemplateValues.IsEmpty(field.Name, value))
                return (null, ApiAnswer.Error(47003, $"argument invalid! data.{field.Name}.value is empty"));
            if (!TemplateValues.Fits(field.Name, value!, options.Limits))
                return (null, ApiAnswer.Error(47003, $"argument invalid! data.{field.Name}.value invalid"));
            fields.Add(Line(field, value!));
        }
        return (new JsonObject
        {
            ["title"] = template.Title,
            ["fields"] = fields,
            ["url"] = (message["url"] ?? message["page"]).Text,
            ["page"] = message["miniprogram"]?["pagepath"].Text,
        }, null);
    }

    private static JsonObject Line(TemplateField field, string value) => new() { ["label"] = field.Label, ["value"] = value };

    private static string Legacy(string value)
    {
        var kept = new System.Text.StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(value.ReplaceLineEndings(""));
        for (var count = 0; count < LegacyCharacters && elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            // Emoji are dropped, not refused.
            if (char.IsSurrogate(element[0]))
                continue;
            kept.Append(element);
            count++;
        }
        return kept.ToString();
    }
}
