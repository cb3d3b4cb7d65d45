using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bot.Data.ApiKeys;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Endpoints.Api;

/// <summary>Another office's system: calls the REST API of a real Host with a key of its own.</summary>
internal sealed class ApiCaller(HttpClient http, string? key)
{
    public static readonly Dictionary<string, string> Data = new(StringComparer.Ordinal)
    {
        ["thing1"] = "居住证办理", ["phrase2"] = "审核通过", ["time3"] = "2026年11月23日 10:00", ["character_string4"] = "TS1",
    };

    public static async Task<ApiCaller> OfAsync(TestHost host, ApiKeyKind kind, string name = "住建局", string? department = null) =>
        new(host.Client, await host.Services.GetRequiredService<IApiKeys>().AddAsync(name, kind, "test", default, department));

    public static object Single(string openid, string template = "progress") => new { template, openid, data = Data };

    public static object Bulk(params IEnumerable<string> openids) => new { template = "progress", recipients = openids.Select(openid => new { openid, data = Data }) };

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), idempotencyKey);

    public Task<ApiAnswer> PostAsync(string path, byte[] body, string type) =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<JsonElement> TemplatesAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/templates") { Headers = { Authorization = new("Bearer", key) } };
        using var response = await http.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? body, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(method, $"/api/v1/notices{path}") { Content = body };
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
    }

    /// <summary>Asks until all its outcomes are known.</summary>
    public async Task<JsonElement> EndAsync(string id, int unsettled = 0)
    {
        for (var look = 0; look < 400; look++)
        {
            var notice = (await GetAsync($"/{id}")).Json;
            if (notice.GetProperty("status").GetString() is "done" or "cancelled" && notice.GetProperty("counts").GetProperty("sent").GetInt32() == unsettled)
                return notice;
            await Task.Delay(50);
        }

        throw new NUnit.Framework.AssertionException($"{id} did not end: {(await GetAsync($"/{id}")).Text}");
    }
}

internal sealed record ApiAnswer(int Status, string? Type, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    /// <summary>The problem's fields and what is wrong with each.</summary>
    public Dictionary<string, string> Errors =>
        Json.GetProperty("errors").EnumerateObject().ToDictionary(e => e.Name, e => string.Join('；', e.Value.EnumerateArray().Select(v => v.GetString())));
}
