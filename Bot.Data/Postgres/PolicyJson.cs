using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Data.Policies;

namespace Bot.Data.Postgres;

/// <summary>Documents as <c>jsonb_populate_recordset(null::policy, …)</c> reads them: members named as the columns.</summary>
internal static class PolicyJson
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(new LowerCase()) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<Policy> policies) => JsonSerializer.Serialize(policies, s_json);

    public static string Write(Policy policy) => JsonSerializer.Serialize(policy, s_json);

    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
