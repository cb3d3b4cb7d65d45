using System.Globalization;
using System.Net.Http.Headers;
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
            ConnectCallback = options.Value.PrivateWebhooks ? null : PublicAddress.ConnectAsync,
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
            return $"{call.Url.Host}: {Why(e)}";
        }
    }

    private static string Why(Exception e) => e switch
    {
        TaskCanceledException => "no answer in time",
        { InnerException: PrivateAddressException inside } => $"{inside.Message}; see Api:PrivateWebhooks",
        _ => e.InnerException?.Message ?? e.Message,
    };

    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 of <c>SECONDS.BODY</c>.</summary>
    internal static string Sign(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hmac.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }
}
