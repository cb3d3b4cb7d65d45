using Bot.Data.Calendar;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCalendarDays(NpgsqlDataSource db) : ICalendarDays
{
    public async Task<IReadOnlyList<SpecialDay>> AllAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, ct);
    }

    internal static async Task<IReadOnlyList<SpecialDay>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct) =>
        await connection.ReadAsync(transaction, "select day, kind = 'workday', name from calendar_day order by day", new { },
            row => new SpecialDay(row.GetFieldValue<DateOnly>(0), row.GetBoolean(1), row.GetString(2)), ct);

    public Task ImportAsync(IReadOnlyCollection<SpecialDay> days, CancellationToken ct) => db.RunAsync(
        $"""
        insert into calendar_day (day, kind, name)
        select distinct on (day) day, kind, name from unnest(@days, @kinds, @names) as d (day, kind, name)
        on conflict (day) do update set kind = excluded.kind, name = excluded.name;
        notify {ContentChanges.Channel}
        """,
        new
        {
            days = days.Select(d => d.Day).ToArray(), kinds = days.Select(d => d.Works ? "workday" : "holiday").ToArray(), names = days.Select(d => d.Name).ToArray(),
        }, ct);
}
