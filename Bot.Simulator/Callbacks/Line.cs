using System.Diagnostics;
using System.Net;
using System.Text;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>One HTTP request to the bot with the platform's patience, noted in the journal.</summary>
internal sealed class Line(SimulatorOptions options, Envelope envelope, CallbackAddress address, Journal journal) : IDisposable
{
    private const int ReplyBytes = 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = ReplyBytes,
    };

    public async Task<Answer> SendAsync(Push push, FaultKind? forgery, CancellationToken ct)
    {
        var letter = envelope.Seal(push, forgery);
        if (Target(letter.Query) is not { } url)
            return new(letter, "", "没有设置回调地址", 0, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(letter.Body, Encoding.UTF8, options.Format == CallbackFormat.Json ? "application/json" : "text/xml"),
        };
        return await SendAsync(request, letter, ct);
    }

    /// <summary>The GET that 服务器配置 sends when it is saved.</summary>
    /// <returns>Null when the bot proved that it knows the token, else what is wrong.</returns>
    public async Task<string?> VerifyAsync(CancellationToken ct)
    {
        var (query, echo) = envelope.Verification();
        var letter = new Sealed(query, "", "");
        var answer = new Answer(letter, "", "没有设置回调地址", 0, 0);
        if (Target(query) is { } url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            answer = await SendAsync(request, letter, ct);
        }
        var fault = answer.Fault ?? (answer.Body == echo ? null : "返回的不是 echostr 原文");
        journal.Write(new("push", "验证服务器地址 GET", fault ?? "通过", fault is null, "", answer.Milliseconds,
            $"GET {Target(query)}", $"{answer.Status}\n{answer.Body}"));
        return fault;
    }

    public JournalEntry Note(Push push, string title, string outcome, bool good, Answer answer, string plainReply) => journal.Write(new(
        "push", title, outcome, good, push.OpenId, answer.Milliseconds,
        $"POST {Target(answer.Letter.Query)}\n\n{answer.Letter.Body}{Clear(answer.Letter.Plain, answer.Letter.Body)}",
        $"{answer.Status}\n{answer.Body}{Clear(plainReply, answer.Body)}"));

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, Sealed letter, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.DeliveryTimeout);
        Answer Ended(string body, string? fault, int status) =>
            new(letter, body, fault, status, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            var status = (int)response.StatusCode;
            return Ended(body, response.StatusCode == HttpStatusCode.OK ? null : $"HTTP 状态码 {status}", status);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Ended("", $"{options.DeliveryTimeout.TotalSeconds:0.###} 秒内没有收到回复，连接已断开", 0);
        }
        catch (HttpRequestException e)
        {
            return Ended("", $"无法连接：{e.Message}", 0);
        }
    }

    // A query string that the configured address already has is kept.
    private Uri? Target(string query) => address.Callback is { } url
        ? new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri
        : null;

    private static string Clear(string plain, string wire) => plain.Length == 0 || plain == wire ? "" : $"\n\n—— 明文 ——\n{plain}";
}

/// <param name="Fault">Why there is no usable answer; null when the bot answered with 200.</param>
/// <param name="Status">0 when nothing came.</param>
internal sealed record Answer(Sealed Letter, string Body, string? Fault, int Status, double Milliseconds);
