using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Bot.Bench.Load;
using Bot.Data.Embedded;
using Bot.Simulator.Callbacks;

namespace Bot.Bench.Operation;

/// <summary>A published Host as a program, spoken to as the platform does.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static long s_lastMessage = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

    private readonly Child _process;
    private readonly HttpClient _http;
    private readonly long _startedAt;

    private HostProcess(Child process, HttpClient http, long startedAt) => (_process, _http, _startedAt) = (process, http, startedAt);

    public static string NewMessage => Interlocked.Increment(ref s_lastMessage).ToString(CultureInfo.InvariantCulture);

    /// <param name="folder">Where it was published to.</param>
    /// <param name="postgres">Another database than the servers' own.</param>
    public static HostProcess Start(string folder, Servers servers, bool demo, string? postgres = null)
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Free().ToString(CultureInfo.InvariantCulture)}";
        var startedAt = Stopwatch.GetTimestamp();
        var process = Child.Start("dotnet", [Path.Combine(folder, "Bot.Host.dll"), "serve"],
            ("ASPNETCORE_URLS", address), ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ConnectionStrings__Redis", servers.Redis), ("ConnectionStrings__Postgres", postgres ?? servers.Postgres),
            ("Bot__Demo", demo ? "true" : "false"), ("Bot__DataDirectory", Path.Combine(servers.Folder, "bot")), ("Bot__PublicBaseUrl", "https://bot.example.gov.cn"),
            ("WeChat__Mode", "plain"), ("WeChat__AppId", Account.AppId), ("WeChat__AppSecret", "load0bench0secret0load0bench0sec"),
            ("WeChat__Token", Account.Token), ("WeChat__EncodingAESKey", Account.EncodingAESKey), ("WeChat__ApiBaseUrl", "http://127.0.0.1:9"));
        return new(process, new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(20) }, startedAt);
    }

    /// <summary>Since its program was called.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    public Uri Address => _http.BaseAddress!;

    public Uri Callback => new(_http.BaseAddress!, "wechat/callback");

    /// <summary>Resident memory, MiB; and the most that it ever was.</summary>
    public (double Now, double Most) Memory()
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        return (MiB("VmRSS:"), MiB("VmHWM:"));

        double MiB(string name) => double.Parse(status.Single(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public Task ReadyAsync(CancellationToken ct) => _process.ReadyAsync(async stop =>
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, ct);

    /// <summary>One text of one citizen.</summary>
    /// <returns>Null words: not 200, or nobody listens.</returns>
    public async Task<(string? Words, TimeSpan Took)> SayAsync(string citizen, string words, string? message = null)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var query = $"?signature={PlatformCipher.Sign(Account.Token, time, "n0nce")}&timestamp={time}&nonce=n0nce&openid={citizen}";
        using var body = new StringContent(
            $"<xml><ToUserName><![CDATA[{Account.Name}]]></ToUserName><FromUserName><![CDATA[{citizen}]]></FromUserName><CreateTime>{time}</CreateTime>"
            + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content><MsgId>{message ?? NewMessage}</MsgId></xml>", Encoding.UTF8, "text/xml");
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.PostAsync(new Uri("/wechat/callback" + query, UriKind.Relative), body);
            var text = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began);
            return (!answer.IsSuccessStatusCode ? null : text.StartsWith("<xml>", StringComparison.Ordinal) ? XElement.Parse(text).Element("Content")?.Value ?? "" : text, took);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return (null, Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>In good order, as an operator's SIGTERM has it.</summary>
    public async Task StopAsync()
    {
        await using var kill = Child.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.ReadToEndAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
