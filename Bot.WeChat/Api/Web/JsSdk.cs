using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

internal sealed class JsSdk : IJsSdk
{
    private static readonly ApiCall GetTicket = ApiCall.Get("/cgi-bin/ticket/getticket");

    private readonly WeChatApi _api;
    private readonly IOptions<WeChatOptions> _options;
    private readonly TimeProvider _clock;
    private readonly SharedToken _ticket;

    public JsSdk(WeChatApi api, ITokenStore store, IOptions<WeChatOptions> options, TimeProvider clock, ILogger<SharedToken> log)
    {
        (_api, _options, _clock) = (api, options, clock);
        _ticket = new($"jsapi_ticket:{options.Value.AppId}", (_, ct) => FetchAsync(ct), store, fetched: () => { }, clock, log);
    }

    public async Task<ApiResult<JsConfig>> SignAsync(string page, CancellationToken ct)
    {
        var ticket = await _ticket.GetAsync(ct);
        var nonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        return ticket.Map(t => new JsConfig(_options.Value.AppId, timestamp, nonce, Signature(t.Value, nonce, timestamp, page)));
    }

    /// <summary>The keys in this order, nothing escaped.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The platform's protocol says SHA-1.")]
    public static string Signature(string ticket, string nonce, long timestamp, string page)
    {
        var hash = page.IndexOf('#', StringComparison.Ordinal);
        var url = hash < 0 ? page : page[..hash];
        var text = $"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}";
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private async Task<ApiResult<StoredToken>> FetchAsync(CancellationToken ct)
    {
        var asked = _clock.GetUtcNow();
        return (await _api.AskAsync<TicketAnswer>(GetTicket, ct, "type=jsapi"))
            .Map(a => a.Ticket is { Length: > 0 } ticket ? new StoredToken(ticket, asked.AddSeconds(a.ExpiresIn)) : null);
    }
}

internal sealed class TicketAnswer : Answer
{
    public string? Ticket { get; init; }
    public int ExpiresIn { get; init; }
}
