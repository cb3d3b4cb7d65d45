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
            // A sentence is taken for the name of a host.
            var nodes = ConfigurationOptions.Parse(text).EndPoints;
            return nodes.Count > 0 && !nodes.Any(node => node.ToString()!.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
