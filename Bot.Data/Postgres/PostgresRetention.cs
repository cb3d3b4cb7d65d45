using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresRetention(NpgsqlDataSource db, ForgottenCases cases) : IRetention
{
    private const int Seconds = 60;

    public async Task<int> ForgetAsync(RetentionPeriods periods, DateTimeOffset now, CancellationToken ct)
    {
        var rows = 0;
        foreach (var rule in RetentionRules.All)
        {
            var before = now.AddDays(-rule.Days(periods));
            int piece;
            do
            {
                piece = await db.RunAsync(rule.Sql, new { before = before.UtcDateTime, day = Place.DateOf(before), rule.AtOnce }, ct, Seconds);
                rows += piece;
            }
            while (piece == rule.AtOnce);
        }

        return rows + await cases.ForgetAsync("closed_at < @before", new { before = now.AddDays(-periods.CaseDays).UtcDateTime }, now, ct)
            + await cases.ForgetAsync("erased_at is not null", new { }, now, ct);
    }
}
