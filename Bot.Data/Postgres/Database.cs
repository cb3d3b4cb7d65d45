using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>How we speak to PostgreSQL: every wait ends well inside a citizen's patience.</summary>
internal static class Database
{
    public static NpgsqlDataSource Open(string connectionString, IServiceProvider provider)
    {
        // Nothing of ours outlives its transaction in a session but LISTEN, which ends what it began: there is nothing to put back: it would cost each borrowing of a
        // connection seven statements.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "bot", NoResetOnClose = true };
        // Npgsql's defaults (15 s, 30 s and 2 s) outlast the 5 s in which WeChat wants its answer.
        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout) = (2, 3, 300);
        // A storm opens no more than the server serves: beyond a few for each core they only keep each other waiting, and two hosts fit into PostgreSQL's usual 100.
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase) && !connectionString.Contains("MaxPoolSize", StringComparison.OrdinalIgnoreCase))
            settings.MaxPoolSize = 40;
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UseLoggerFactory(provider.GetService<ILoggerFactory>());
        return source.Build();
    }
}
