using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Bot.Simulator.Api;

/// <summary>Reads a bot's JSON without trusting its shape.</summary>
internal static class JsonReading
{
    extension(JsonNode? node)
    {
        /// <summary>A string, or a number as text; null for anything else.</summary>
        public string? Text => node is not JsonValue value ? null
            : value.TryGetValue(out string? text) ? text
            : value.TryGetValue(out long number) ? number.ToString(CultureInfo.InvariantCulture) : null;

        public int? Number => int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

        public IReadOnlyList<string> Texts => node is JsonArray list ? [.. list.Select(i => i.Text ?? "")] : [];
    }

    extension(string? text)
    {
        public int Utf8Length => Encoding.UTF8.GetByteCount(text ?? "");
    }
}
