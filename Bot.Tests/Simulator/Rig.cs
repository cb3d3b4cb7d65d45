using System.Buffers;
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

    /// <summary>Looks again until it is so; fails the test after ten seconds.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await isSo())
        {
            Assert.That(patience.IsCancellationRequested, Is.False, what);
            await Task.Delay(5);
        }
    }

    public static Task EventuallyAsync(Func<bool> isSo, string what) => EventuallyAsync(() => Task.FromResult(isSo()), what);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

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
