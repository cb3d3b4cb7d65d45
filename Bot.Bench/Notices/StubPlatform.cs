using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Bench.Notices;

/// <summary>A bare platform: it takes notices, drops doubles by client_msg_id for ten minutes as WeChat does, and counts what citizens got.</summary>
internal sealed class StubPlatform : IAsyncDisposable
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(10);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (long MsgId, long At)> _known = new(StringComparer.Ordinal);
    private long _calls;
    private long _lastId = 1_000_000_000_000;

    private StubPlatform(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Notices that reached each citizen.</summary>
    public ConcurrentDictionary<string, int> Got { get; } = new(StringComparer.Ordinal);

    /// <summary>False for measurements: nothing is remembered.</summary>
    public bool Remembers { get; init; } = true;

    /// <summary>How long an answer takes, by the citizen; null for none.</summary>
    public Func<string, TimeSpan>? Delay { get; init; }

    /// <summary>Whether the answer is lost after the notice was taken.</summary>
    public Func<string, bool>? LosesAnswer { get; init; }

    /// <summary>What is said to a citizen's notice instead of taking it; null takes it.</summary>
    public Func<string, string?>? Refuses { get; init; }

    /// <summary>How many follow the account.</summary>
    public int Followers { get; init; }

    public static async Task<StubPlatform> StartAsync(
        bool remembers = true, Func<string, TimeSpan>? delay = null, Func<string, bool>? losesAnswer = null, Func<string, string?>? refuses = null, string address = "http://127.0.0.1:0", int followers = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        var stub = new StubPlatform(app) { Remembers = remembers, Delay = delay, LosesAnswer = losesAnswer, Refuses = refuses, Followers = followers };
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public Task WaitAsync(CancellationToken ct) => HostingAbstractionsHostExtensions.WaitForShutdownAsync(_app, ct);

    private Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/cgi-bin/message/template/send" => SendAsync(http),
        "/cgi-bin/stable_token" => http.Response.WriteAsync("""{"access_token":"TOKEN","expires_in":7200}"""),
        "/cgi-bin/template/get_all_private_template" => http.Response.WriteAsync(
            """{"template_list":[{"template_id":"TEMPLATE","title":"业务办理进度提醒","primary_industry":"","deputy_industry":"","content":"申请事项:{{thing1.DATA}}\n办理进度:{{phrase2.DATA}}\n更新时间:{{time3.DATA}}","example":""}]}"""),
        "/cgi-bin/user/get" => ListAsync(http),
        // As for an account that was not given the call: whoever asks goes on without it.
        _ => http.Response.WriteAsync("""{"errcode":48001,"errmsg":"api unauthorized"}"""),
    };

    // Followers in pages, each behind the last one of the page before.
    private Task ListAsync(HttpContext http)
    {
        const int AtOnce = 10_000;
        var after = http.Request.Query["next_openid"].ToString() is { Length: > 0 } last ? int.Parse(last.AsSpan(2, 7), CultureInfo.InvariantCulture) : 0;
        var page = Enumerable.Range(after + 1, Math.Min(AtOnce, Followers - after)).Select(n => string.Create(CultureInfo.InvariantCulture, $"o-{n:D7}-abcdefghijklmnopqr")).ToArray();
        return http.Response.WriteAsJsonAsync(new { total = Followers, count = page.Length, data = new { openid = page }, next_openid = page.LastOrDefault() ?? "" });
    }

    private async Task SendAsync(HttpContext http)
    {
        Interlocked.Increment(ref _calls);
        var reader = http.Request.BodyReader;
        ReadResult read;
        while (!(read = await reader.ReadAsync()).IsCompleted)
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        var (to, id) = Parse(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);

        if (Refuses?.Invoke(to) is { } refusal)
        {
            await http.Response.WriteAsync(refusal);
            return;
        }

        var msgId = Take(to, id);
        if (Delay?.Invoke(to) is { Ticks: > 0 } delay)
            await Task.Delay(delay);
        if (LosesAnswer?.Invoke(to) == true)
        {
            http.Abort();
            return;
        }

        http.Response.ContentType = "application/json; encoding=utf-8";
        await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"errcode":0,"errmsg":"ok","msgid":{{msgId}}}"""));
    }

    private long Take(string to, string? id)
    {
        if (!Remembers)
            return Interlocked.Increment(ref _lastId);
        var now = Environment.TickCount64;
        var key = $"{to}|{id}";
        lock (_known)
        {
            if (id is not null && _known.TryGetValue(key, out var known) && now - known.At < s_remembered.TotalMilliseconds)
                return known.MsgId;
            var msgId = ++_lastId;
            _known[key] = (msgId, now);
            Got.AddOrUpdate(to, 1, (_, count) => count + 1);
            return msgId;
        }
    }

    private static (string To, string? Id) Parse(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        string to = "";
        string? id = null;
        while (json.Read())
        {
            if (json.TokenType is not JsonTokenType.PropertyName || json.CurrentDepth != 1)
                continue;
            var isTo = json.ValueTextEquals("touser"u8);
            var isId = json.ValueTextEquals("client_msg_id"u8);
            json.Read();
            if (isTo)
                to = json.GetString()!;
            else if (isId)
                id = json.GetString();
        }

        return (to, id);
    }
}
