using System.Net;
using System.Net.Sockets;

namespace Bot.Host.Delivery;

/// <summary>Addresses of the public internet. Everything that IANA keeps for something else is not.</summary>
/// <remarks>Source: IANA's special-purpose address registries for IPv4 and IPv6.</remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        ]).Select(IPNetwork.Parse),
    ];

    // What is handed out as public IPv6, less documentation, Teredo and 6to4, which can hide an IPv4 address.
    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_specialIPv6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    /// <summary>For a handler of HTTP. The address that was checked is the one that is called: a name that changes in between gains nothing.</summary>
    /// <exception cref="PrivateAddressException">The name leads into a private network.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !addresses.All(Is))
            throw new PrivateAddressException(context.DnsEndPoint.Host);
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

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork
            ? !Array.Exists(s_special, network => network.Contains(address))
            : s_global.Contains(address) && !Array.Exists(s_specialIPv6, network => network.Contains(address));
    }
}

internal sealed class PrivateAddressException(string host) : Exception($"{host} is an address inside a private network");
