using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Open311;

/// <summary>One tree of names and values, written as JSON or as XML as the address asks.</summary>
/// <remarks>Source: GeoReport v2, wiki.open311.org.</remarks>
internal static class Open311Answer
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="list">The XML element round them, such as <c>services</c>.</param>
    /// <param name="item">Of each, such as <c>service</c>.</param>
    public static IResult List(string format, string list, string item, IEnumerable<JsonObject> items, int status = StatusCodes.Status200OK)
    {
        if (format != "xml")
            return TypedResults.Text(new JsonArray([.. items]).ToJsonString(s_json), "application/json", statusCode: status);
        return Xml(new XElement(list, items.Select(i => Element(item, i))), status);
    }

    public static IResult Error(string format, int status, string words) =>
        List(format, "errors", "error", [new JsonObject { ["code"] = status, ["description"] = words }], status);

    public static IResult One(string format, string name, JsonObject item) => format == "xml"
        ? Xml(Element(name, item), StatusCodes.Status200OK)
        : TypedResults.Text(item.ToJsonString(s_json), "application/json");

    public static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static ContentHttpResult Xml(XElement root, int status) =>
        TypedResults.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root, "text/xml", statusCode: status);

    private static XElement Element(string name, JsonNode? node) => node switch
    {
        JsonObject o => new(name, o.Select(m => Element(m.Key, m.Value))),
        // attributes → attribute, values → value: the singular of the list round them.
        JsonArray a => new(name, a.Select(i => Element(name.TrimEnd('s'), i))),
        null => new(name),
        _ => new XElement(name, new string([.. node.ToString().Where(System.Xml.XmlConvert.IsXmlChar)])),
    };
}
