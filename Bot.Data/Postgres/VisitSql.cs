using System.Data.Common;
using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Columns of visits, how somebody joins a queue, and who hears of it.</summary>
internal static class VisitSql
{
    public const string Channel = "hall_changed";

    /// <summary>Why a ban ends that a missed call had brought.</summary>
    public const string CameAfterAll = "已到厅办理";

    public const string Columns =
        "v.id, v.counter_group, v.ticket, v.booking, v.openid, v.service, v.priority, v.status, v.counter, v.calls, v.came_at, v.called_at, v.started_at, v.ended_at";

    public static Visit Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.GetString(4) is { Length: > 0 } openid ? new OpenId(openid) : null,
        row.GetString(5), row.GetBoolean(6), Enum.Parse<VisitStatus>(row.GetString(7), ignoreCase: true), row.Text(8), row.GetInt16(9),
        row.Time(10)!.Value, row.Time(11), row.Time(12), row.Time(13));

    /// <summary>The next number of a group's day; whoever draws at the same time waits for the commit, so that the order of numbers is that of coming.</summary>
    public static async Task<Visit> JoinAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int group, DateOnly day, string? booking, OpenId? citizen,
        string service, bool priority, DateTimeOffset now, CancellationToken ct) => (await connection.ReadAsync(transaction,
            $"""
            with serial as (
                insert into ticket_serial (counter_group, day, last) values (@group, @day, 1)
                on conflict (counter_group, day) do update set last = ticket_serial.last + 1
                returning last)
            insert into visit as v (counter_group, day, ticket, booking, openid, service, priority, came_at)
            select @group, @day, g.letter || lpad(last::text, greatest(3, length(last::text)), '0'), @booking, @openid, @service, @priority, @now
            from serial, counter_group g where g.id = @group
            returning {Columns}
            """, new { group, day, booking, openid = citizen?.Value ?? "", service, priority, now = now.UtcDateTime }, Read, ct))[0];

    // Who is at a counter is half done, on average.
    public static async Task<QueuePlace> PlaceAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Visit visit, DateOnly day, CancellationToken ct) =>
        (await connection.ReadAsync(transaction,
            """
            select count(*) filter (where v.status = 'waiting')::int,
                coalesce(sum(case v.status when 'waiting' then s.minutes else s.minutes / 2.0 end), 0)::int
            from visit v join service_item s on s.code = v.service
            where v.counter_group = @Group and v.day = @day
              and (v.status = 'waiting' and (v.priority, -v.id) > (@Priority, -@Id) or v.status in ('called', 'serving') and v.id <> @Id)
            """, new { visit.Group, day, visit.Priority, visit.Id }, r => new QueuePlace(visit, r.GetInt32(0), r.GetInt32(1)), ct))[0];

    public static Task RingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition($"notify {Channel}", transaction: transaction, cancellationToken: ct));

    /// <summary>In the audit log, if it is an act of staff: what citizens do themselves is not.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Visit visit, string act, StaffMember? actor, CancellationToken ct)
    {
        if (actor is null)
            return;
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, act, "visit", visit.Id.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["ticket"] = visit.Ticket, ["counter"] = visit.Counter, ["booking"] = visit.Booking },
        }, ct);
    }
}
