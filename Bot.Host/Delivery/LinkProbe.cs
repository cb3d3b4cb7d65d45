using System.Net;
using Bot.Handlers.Publishing;

namespace Bot.Host.Delivery;

/// <summary>Asks for a page and reads no further than its status. Goes to no address inside the office's own network.</summary>
/// <remarks>What a clerk writes into an article decides where it goes: it must not become a way to look around inside.</remarks>
internal sealed class LinkProbe : ILinkProbe, IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private readonly HttpClient _http;

    /// <param name="inside">Goes there all the same.</param>
    public LinkProbe(bool inside = false)
    {
        _http = new(new SocketsHttpHandler
        {
            MaxAutomaticRedirections = MostRedirects,
            UseCookies = false,
            // A proxy would be the one that looks the name up, out of sight of the check.
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = inside ? null : PublicAddress.ConnectAsync,
        })
        {
            Timeout = s_patience,
        };
        // Many sites answer programs that do not say who they are with a refusal.
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (compatible; link-check)");
    }

    public async Task<LinkAnswer> AskAsync(Uri address, CancellationToken ct)
    {
        try
        {
            // Not HEAD: too many sites answer it with an error.
            using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone ? LinkAnswer.Missing : LinkAnswer.There;
        }
        catch (HttpRequestException e)
        {
            return e.InnerException is PrivateAddressException ? LinkAnswer.Inside
                : e.HttpRequestError is HttpRequestError.NameResolutionError || e.InnerException is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound }
                ? LinkAnswer.NoSuchHost : LinkAnswer.Silent;
        }
        catch (Exception e) when (e is TaskCanceledException && !ct.IsCancellationRequested || e is IOException or UriFormatException)
        {
            return LinkAnswer.Silent;
        }
    }

    public void Dispose() => _http.Dispose();
}
