using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Notices;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Webhooks;

/// <summary>Posts a signed call. Follows no redirects, and goes to no address inside the office's own network unless that is allowed.</summary>
internal sealed class WebhookClient : IDisposable
{
    public const string Signature = "X-Bot-Signature";
    public const string Delivery = "X-Bot-Delivery";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookClient(IOptions<ApiOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would be the one that looks the name up, out of sight of the check below.
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = options.Value.PrivateWebhooks ? null : ConnectPublicAsync,
        })
        {
            Timeout = s_patience,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <returns>What went wrong; null when the other system took it.</returns>
    public async Task<string?> CallAsync(WebhookCall call, CancellationToken ct)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"delivery":"{{call.Id}}","recipients":{{call.Body}}}""");
        using HttpRequestMessage request = new(HttpMethod.Post, call.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(Delivery, call.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(Signature, Sign(call.Secret, _clock.GetUtcNow().ToUnixTimeSeconds(), body));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.IsSuccessStatusCode ? null : $"{call.Url.Host} answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return $"{call.Url.Host}: {(e is TaskCanceledException ? "no answer in time" : e.InnerException?.Message ?? e.Message)}";
        }
    }

    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 of <c>SECONDS.BODY</c>.</summary>
    internal static string Sign(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hmac.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }

    // The address that was checked is the one that is called: a name that changes in between gains nothing.
    private static async ValueTask<Stream> ConnectPublicAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await System.Net.Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !addresses.All(PublicAddress.Is))
            throw new HttpRequestException($"{context.DnsEndPoint.Host} is an address inside a private network; see Api:PrivateWebhooks");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
