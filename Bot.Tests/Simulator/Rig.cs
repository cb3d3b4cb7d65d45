using System.Buffers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.Simulator;
using Bot.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

/// <summary>A simulator on a port of its own, with a bot beside it that speaks through our own codec.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CallbackCodec _codec;

    private Rig(WebApplication app, SimulatorOptions options)
    {
        (_app, Options) = (app, options);
        _codec = new CallbackCodec(
            new WeChatOptions
            {
                AppId = options.AppId,
                AppSecret = options.AppSecret,
                Token = options.Token,
                EncodingAESKey = options.EncodingAESKey,
                Mode = options.Mode,
            },
            TimeProvider.System);
    }

    public SimulatorOptions Options { get; }

    /// <summary>What the bot answers; null is <c>success</c>.</summary>
    public Func<Inbound, Reply?> Bot { get; set; } = _ => null;

    /// <summary>Answers a callback in the bot's place, for bots that misbehave.</summary>
    public Func<HttpContext, Task>? Raw { get; set; }

    /// <summary>What the bot was told, in order; a repeated delivery is there again.</summary>
    public List<Inbound> Heard { get; } = [];

    public HttpClient Http { get; } = new();

    public string OpenId { get; private set; } = "";

    public static async Task<Rig> StartAsync(Action<SimulatorOptions>? configure = null, bool follows = true)
    {
        var options = new SimulatorOptions
        {
            DeliveryTimeout = TimeSpan.FromSeconds(20),
            RetryPause = TimeSpan.Zero,
            JobResultFrom = TimeSpan.Zero,
            JobResultTo = TimeSpan.FromMilliseconds(5),
            SlowAnswer = TimeSpan.FromMilliseconds(5),
        };
        configure?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSimulator(options);
        var app = builder.Build();
        var rig = new Rig(app, options);
        app.MapSimulator();
        app.MapPost("/wechat/callback", rig.ReceiveAsync);
        app.MapGet("/wechat/callback", (string echostr) => TypedResults.Text(echostr));
        await app.StartAsync();
        rig.Http.BaseAddress = new Uri(app.Urls.First());
        rig.OpenId = await rig.AddCitizenAsync(follows);
        return rig;
    }

    public async Task<string> AddCitizenAsync(bool follows = true)
    {
        var added = await ControlAsync("citizens", new JsonObject { ["name"] = "测试市民", ["follows"] = follows });
        return (string)added[0]!["openId"]!;
    }

    /// <summary>Lets the citizen act and waits until the bot has answered or every delivery has failed.</summary>
    public async Task<JsonNode> ActAsync(string kind, JsonObject? more = null, string? openId = null)
    {
        var act = more ?? [];
        act["kind"] = kind;
        act["wait"] = true;
        return await ControlAsync($"citizens/{openId ?? OpenId}/messages", act);
    }

    public Task<JsonNode> SayAsync(string text) => ActAsync("text", new JsonObject { ["text"] = text });

    public async Task<JsonNode> ControlAsync(string path, JsonObject body) => await ControlAsync(HttpMethod.Post, path, body);

    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/simulator/control/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public Task AdvanceAsync(TimeSpan by) => ControlAsync("clock", new JsonObject { ["minutes"] = by.TotalMinutes });

    public async Task<IReadOnlyList<JsonNode>> ChatAsync(string? openId = null) =>
        [.. (await ControlAsync(HttpMethod.Get, $"citizens/{openId ?? OpenId}/chat")).AsArray().Select(e => e!)];

    public async Task<IReadOnlyList<JsonNode>> JournalAsync(string query = "") =>
        [.. (await ControlAsync(HttpMethod.Get, $"journal?count=500{query}")).AsArray().Select(e => e!)];

    public async Task<string> TokenAsync() => (string)(await StableAsync())["access_token"]!;

    public Task<JsonNode> StableAsync(bool force = false) => PostAsync("/cgi-bin/stable_token", new JsonObject
    {
        ["grant_type"] = "client_credential", ["appid"] = Options.AppId, ["secret"] = Options.AppSecret, ["force_refresh"] = force,
    });

    public Task<JsonNode> ClassicAsync() =>
        GetAsync($"/cgi-bin/token?grant_type=client_credential&appid={Options.AppId}&secret={Options.AppSecret}");

    /// <summary>Calls the API with a token of its own.</summary>
    public async Task<JsonNode> CallAsync(string path, JsonObject body) => await PostAsync($"{path}?access_token={await TokenAsync()}", body);

    public async Task<JsonNode> GetAsync(string pathAndQuery) =>
        JsonNode.Parse(await Http.GetStringAsync("/simulator/api" + pathAndQuery))!;

    public Task<JsonNode> PostAsync(string pathAndQuery, JsonObject body) => PostTextAsync(pathAndQuery, body.ToJsonString(Unescaped));

    public async Task<JsonNode> PostTextAsync(string pathAndQuery, string body)
    {
        using var response = await Http.PostAsync("/simulator/api" + pathAndQuery, new StringContent(body));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Looks again until it is so; fails the test after ten seconds.</summary>
    public static async Task EventuallyAsync(Func<bool> isSo, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!isSo())
        {
            Assert.That(patience.IsCancellationRequested, Is.False, what);
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static readonly System.Text.Json.JsonSerializerOptions Unescaped =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task ReceiveAsync(HttpContext http)
    {
        if (Raw is { } raw)
        {
            await raw(http);
            return;
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var query = http.Request.Query;
        var fault = _codec.Open(
            new CallbackQuery(query["signature"], query["timestamp"], query["nonce"], query["encrypt_type"], query["msg_signature"]),
            body.ToArray(), out var opened);
        if (fault != CallbackFault.None)
        {
            http.Response.StatusCode = fault.Status;
            return;
        }
        lock (Heard)
            Heard.Add(opened.Message);
        var output = new ArrayBufferWriter<byte>();
        if (Bot(opened.Message) is { } reply)
        {
            var plain = new ArrayBufferWriter<byte>();
            _codec.WriteReply(opened.Message, reply, opened.Envelope.Format, plain);
            _codec.Seal(plain.WrittenSpan, opened.Envelope, output);
        }
        else
        {
            output.Write("success"u8);
        }
        await http.Response.Body.WriteAsync(output.WrittenMemory);
    }
}
