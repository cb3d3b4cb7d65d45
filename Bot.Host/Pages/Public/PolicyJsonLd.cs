using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Bot.Data.Policies;
using Bot.Handlers.Desk;

namespace Bot.Host.Pages.Public;

/// <summary>A document in the words of schema.org, for search engines.</summary>
internal static class PolicyJsonLd
{
    // Escapes < > & ' " too: no text can end the script element that the JSON stands in.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(Policy policy, AccountProfile account)
    {
        var url = $"{account.PublicBaseUrl}/p/{policy.Id}";
        var issuer = new JsonObject { ["@type"] = "GovernmentOrganization", ["name"] = policy.Issuer };
        var about = policy.Type is PolicyType.Guide ? Service(policy, issuer) : Article(policy, issuer);
        about["@id"] = url;
        about["url"] = url;
        about["name"] = policy.Title;
        about["description"] = PolicyView.Description(policy);
        about["inLanguage"] = "zh-CN";
        if (policy.Explains.Length > 0)
            about["isBasedOn"] = $"{account.PublicBaseUrl}/p/{policy.Explains}";
        JsonArray graph = [about];
        if (policy.Steps.Count > 0)
            graph.Add(HowTo(policy));
        return new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = graph }.ToJsonString(s_json);
    }

    private static JsonObject Service(Policy policy, JsonObject issuer) => new()
    {
        ["@type"] = "GovernmentService",
        ["serviceType"] = policy.Category,
        ["alternateName"] = List(policy.Aliases),
        ["serviceOperator"] = issuer,
    };

    private static JsonObject Article(Policy policy, JsonObject issuer) => new()
    {
        ["@type"] = "Article",
        ["headline"] = policy.Title,
        ["articleSection"] = policy.Category,
        ["publisher"] = issuer,
        ["datePublished"] = policy.PublishedOn?.ToString("O", null),
        ["dateModified"] = policy.UpdatedAt.ToString("O"),
        ["identifier"] = policy.DocumentNumber.Length > 0 ? policy.DocumentNumber : null,
        ["version"] = policy.Version,
    };

    private static JsonObject HowTo(Policy policy) => new()
    {
        ["@type"] = "HowTo",
        ["name"] = policy.Title,
        ["supply"] = Objects("HowToSupply", "name", policy.Materials),
        ["step"] = Objects("HowToStep", "text", policy.Steps),
    };

    private static JsonArray List(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];

    private static JsonArray Objects(string type, string field, IEnumerable<string> items) =>
        [.. items.Select(item => new JsonObject { ["@type"] = type, [field] = item })];
}
