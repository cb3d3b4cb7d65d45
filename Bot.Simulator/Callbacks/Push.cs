using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>One message or event for the bot. Its fields stay the same over all deliveries.</summary>
/// <param name="OpenId">The sender; for account-level events an administrator.</param>
/// <param name="Title">What it is, for the journal.</param>
/// <param name="Fields">In the order of the wire; a value is text, a number, or a list of fields.</param>
internal sealed record Push(string OpenId, string Title, IReadOnlyList<Field> Fields)
{
    /// <summary>Whether a reply appears in the chat. A menu link, an unfollow and job results show nothing.</summary>
    public bool ShowsReply { get; init; } = true;

    /// <summary>Whether it is a message, which takes one article in a reply, and not an event.</summary>
    public bool IsMessage => Fields.Any(f => f.Name == "MsgId");

    /// <summary>The title with what was said or tapped, cut short.</summary>
    public string Headline
    {
        get
        {
            var said = Fields.FirstOrDefault(f => f.Name is "Content" or "Recognition" or "Label" or "EventKey" or "Title" or "Status").Value as string ?? "";
            return said.Length == 0 || Title.EndsWith(said, StringComparison.Ordinal) ? Title : $"{Title} · {Short(said)}";
        }
    }

    public static string Short(string text) => text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;

    public string Write(CallbackFormat format) =>
        format == CallbackFormat.Json
            ? Object(Fields).ToJsonString(Json.Wire)
            : new XElement("xml", Fields.Select(Element)).ToString(SaveOptions.DisableFormatting);

    private static XElement Element(Field field) => new(field.Name, field.Value switch
    {
        string text => new XCData(text),
        IEnumerable<Field> inner => inner.Select(Element),
        var number => number,
    });

    private static JsonObject Object(IEnumerable<Field> fields)
    {
        var json = new JsonObject();
        foreach (var field in fields)
        {
            JsonNode? value = field.Value switch
            {
                string text => text,
                long number => number,
                IEnumerable<Field> inner => Object(inner),
                var number => Convert.ToDouble(number, null),
            };
            if (!json.TryGetPropertyValue(field.Name, out var earlier))
                json[field.Name] = value;
            else if (earlier is JsonArray list)
                list.Add(value);
            else
                json[field.Name] = new JsonArray(earlier?.DeepClone(), value);
        }
        return json;
    }
}

internal readonly record struct Field(string Name, object Value);
