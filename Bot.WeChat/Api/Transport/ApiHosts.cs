using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

/// <summary>Which host to call: the configured one alone, or the platform's own and its disaster address.</summary>
/// <remarks>The base address is read anew each time, because in demo mode it is known only once the process listens.</remarks>
internal sealed class ApiHosts(IOptions<WeChatOptions> options, TimeProvider clock)
{
    private static readonly string[] Platform = ["https://api.weixin.qq.com", "https://api2.weixin.qq.com"];

    private Known? _known;

    /// <summary>The configured base address without a closing slash; null when the platform's own hosts are called.</summary>
    public string? Configured => options.Value.ApiBaseUrl is { Length: > 0 } url ? url.TrimEnd('/') : null;

    /// <summary>The first host that may be called; null when all are resting.</summary>
    public HostHealth? Pick()
    {
        foreach (var host in Current().Hosts)
        {
            if (host.TryEnter())
                return host;
        }
        return null;
    }

    private Known Current()
    {
        var configured = options.Value.ApiBaseUrl ?? "";
        if (Volatile.Read(ref _known) is { } known && known.Configured == configured)
            return known;
        string[] addresses = Configured is { } one ? [one] : Platform;
        var fresh = new Known(configured, [.. addresses.Select(a => new HostHealth(a, clock))]);
        Volatile.Write(ref _known, fresh);
        return fresh;
    }

    private sealed record Known(string Configured, HostHealth[] Hosts);
}
