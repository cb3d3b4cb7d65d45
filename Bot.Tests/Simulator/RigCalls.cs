using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

/// <summary>What tests ask of a rig: acts of citizens, control, and the API as a bot calls it.</summary>
internal static class RigCalls
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(Rig rig)
    {
        public async Task<string> AddCitizenAsync(bool follows = true)
        {
            var added = await rig.ControlAsync("citizens", new JsonObject { ["name"] = "测试市民", ["follows"] = follows });
            return (string)added[0]!["openId"]!;
        }

        /// <summary>Lets the citizen act and waits until the bot has answered or every delivery has failed.</summary>
        public async Task<JsonNode> ActAsync(string kind, JsonObject? more = null, string? openId = null)
        {
            var act = more ?? [];
            act["kind"] = kind;
            act["wait"] = true;
            return await rig.ControlAsync($"citizens/{openId ?? rig.OpenId}/messages", act);
        }

        public Task<JsonNode> SayAsync(string text) => rig.ActAsync("text", new JsonObject { ["text"] = text });

        public async Task<JsonNode> ControlAsync(string path, JsonObject body) => await rig.ControlAsync(HttpMethod.Post, path, body);

        public async Task<JsonNode> ControlAsync(HttpMethod method, string path, JsonObject? body = null)
        {
            using var request = new HttpRequestMessage(method, $"/simulator/control/{path}");
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var response = await rig.Http.SendAsync(request);
            Assert.That(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        }

        public Task AdvanceAsync(TimeSpan by) => rig.ControlAsync("clock", new JsonObject { ["minutes"] = by.TotalMinutes });

        public async Task<IReadOnlyList<JsonNode>> ChatAsync(string? openId = null) =>
            [.. (await rig.ControlAsync(HttpMethod.Get, $"citizens/{openId ?? rig.OpenId}/chat")).AsArray().Select(e => e!)];

        public async Task<IReadOnlyList<JsonNode>> JournalAsync(string query = "") =>
            [.. (await rig.ControlAsync(HttpMethod.Get, $"journal?count=500{query}")).AsArray().Select(e => e!)];

        public async Task<string> TokenAsync() => (string)(await rig.StableAsync())["access_token"]!;

        public Task<JsonNode> StableAsync(bool force = false) => rig.PostAsync("/cgi-bin/stable_token", new JsonObject
        {
            ["grant_type"] = "client_credential", ["appid"] = rig.Options.AppId, ["secret"] = rig.Options.AppSecret, ["force_refresh"] = force,
        });

        public Task<JsonNode> ClassicAsync() =>
            rig.GetAsync($"/cgi-bin/token?grant_type=client_credential&appid={rig.Options.AppId}&secret={rig.Options.AppSecret}");

        /// <summary>Calls the API with a token of its own.</summary>
        public async Task<JsonNode> CallAsync(string path, JsonObject body) => await rig.PostAsync($"{path}?access_token={await rig.TokenAsync()}", body);

        public async Task<JsonNode> GetAsync(string pathAndQuery) =>
            JsonNode.Parse(await rig.Http.GetStringAsync("/simulator/api" + pathAndQuery))!;

        public Task<JsonNode> PostAsync(string pathAndQuery, JsonObject body) => rig.PostTextAsync(pathAndQuery, body.ToJsonString(Unescaped));

        public async Task<JsonNode> PostTextAsync(string pathAndQuery, string body)
        {
            using var response = await rig.Http.PostAsync("/simulator/api" + pathAndQuery, new StringContent(body));
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
    }
}
