using System.Net;
using Npgsql;
using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Tells a connection string that can be understood from one that cannot, without connecting.</summary>
public static class ConnectionStrings
{
    public static bool IsPostgres(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    public static bool IsRedis(string text)
    {
        try
        {
            // A sentence or an address of the web is taken for the name of a host.
            var nodes = ConfigurationOptions.Parse(text).EndPoints;
            return nodes.Count > 0 && nodes.All(node => node is not DnsEndPoint named || Uri.CheckHostName(named.Host) is not UriHostNameType.Unknown);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
