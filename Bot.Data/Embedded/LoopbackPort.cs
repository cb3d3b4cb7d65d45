using System.Net;
using System.Net.Sockets;

namespace Bot.Data.Embedded;

internal static class LoopbackPort
{
    /// <summary>A TCP port that nobody listened on a moment ago, for a server that cannot choose one itself.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
