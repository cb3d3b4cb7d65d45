using System.Globalization;
using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicyDays(NpgsqlDataSource db) : IPolicyDays
{
    // As long as every host may have been away.
    private const int DaysBack = 7;

    public async Task TellLapsedAsync(DateOnly today, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var lapsed = await connection.QueryAsync<(string Id, DateOnly LapsesOn)>(new CommandDefinition(
            "select id, lapses_on from policy where lapses_on > @since and lapses_on <= @today order by id",
            new { today, since = today.AddDays(-DaysBack) }, transaction, cancellationToken: ct));
        foreach (var (id, day) in lapsed)
            await PolicySql.TellAsync(connection, transaction, new(id, PolicyChange.Lapsed), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ct);
        await transaction.CommitAsync(ct);
    }
}
