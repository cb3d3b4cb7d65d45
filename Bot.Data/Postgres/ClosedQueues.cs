using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Npgsql;

namespace Bot.Data.Postgres;

/// <param name="Resumes">When the counters open again today; null: not today.</param>
internal readonly record struct ClosedQueue(int Group, TimeOnly? Resumes);

/// <summary>Who waits already at counters that close: they are told, and who had booked is offered other places when the counters open no more today.</summary>
internal static class ClosedQueues
{
    /// <summary>The counters of a change that are closed now.</summary>
    public static IReadOnlyList<ClosedQueue> In(RefitScope scope)
    {
        if (scope.Today < scope.From || scope.Today > scope.To)
            return [];
        List<ClosedQueue> closed = [];
        foreach (var group in scope.Groups)
        {
            if (scope.Plan.PauseAt(group, scope.Calendar, scope.Now) is { Resumes: var resumes })
                closed.Add(new(group, resumes));
        }

        return closed;
    }

    /// <summary>Who has arrived with a booking, and will not be received today.</summary>
    public static async Task<IReadOnlyList<Booking>> WhoAsync(NpgsqlConnection connection, IReadOnlyList<ClosedQueue> closed, RefitScope scope, CancellationToken ct) =>
        await connection.ReadAsync(null,
            $"""
            select {BookingSql.Columns} from visit v join booking b on b.number = v.booking
            where v.counter_group = any(@groups) and v.day = @Today and v.status = 'waiting' and b.status = 'arrived' order by v.id
            """, new { groups = ForToday(closed), scope.Today }, BookingSql.Read, ct);

    /// <summary>Call with the slots locked.</summary>
    /// <returns>Bookings that lost their place.</returns>
    public static async Task<IReadOnlyList<Booking>> SendAwayAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<ClosedQueue> closed, RefitScope scope, CancellationToken ct)
    {
        if (closed.Count == 0)
            return [];
        var displaced = await DisplaceAsync(connection, transaction, ForToday(closed), scope, ct);
        var resumes = closed.ToDictionary(c => c.Group, c => c.Resumes);
        var waiting = await connection.ReadAsync(transaction,
            "select id, counter_group from visit where counter_group = any(@groups) and day = @Today and status = 'waiting' and openid <> ''",
            new { groups = resumes.Keys.ToArray(), scope.Today }, r => (Id: r.GetInt64(0), Resumes: resumes[r.GetInt32(1)]), ct);
        await JobSql.EnqueueAsync(connection, transaction, [.. waiting.Select(v => new NewJob(
            IVisits.ClosedJobKind, $"{v.Id}:{v.Resumes:HHmm}", JsonSerializer.Serialize(new QueueClosed(v.Id, scope.Reason, v.Resumes)), scope.Now))], ct);
        return displaced;
    }

    private static int[] ForToday(IReadOnlyList<ClosedQueue> closed) => [.. closed.Where(c => c.Resumes is null).Select(c => c.Group)];

    // The visit before the booking, as a counter's step locks them.
    private static async Task<IReadOnlyList<Booking>> DisplaceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int[] groups, RefitScope scope, CancellationToken ct)
    {
        var numbers = await connection.ReadAsync(transaction,
            """
            with left_over as (
                select id, booking from visit where counter_group = any(@groups) and day = @Today and status = 'waiting' and booking is not null order by id for update)
            update visit v set status = 'missed', called_at = @now, ended_at = @now, booking = null from left_over l where v.id = l.id
            returning l.booking
            """, new { groups, scope.Today, now = scope.Now.UtcDateTime }, r => r.GetString(0), ct);
        if (numbers.Count == 0)
            return [];
        var lost = await connection.ReadAsync(transaction,
            $"update booking b set status = 'displaced', changed_at = @now where number = any(@numbers) and status = 'arrived' returning {BookingSql.Columns}",
            new { numbers = numbers.ToArray(), now = scope.Now.UtcDateTime }, BookingSql.Read, ct);
        await SlotRefit.FreeAsync(connection, transaction, lost, ct);
        await VisitSql.RingAsync(connection, transaction, ct);
        return lost;
    }
}
