using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Jobs;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Who waits already at counters that close: they are told, and who had booked is offered other places when the counters open no more today.</summary>
internal static class ClosedQueues
{
    /// <summary>Call with the slots locked.</summary>
    /// <returns>Bookings that lost their place.</returns>
    public static async Task<IReadOnlyList<Booking>> SendAwayAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AppointmentPlan plan, WorkingCalendar calendar,
        IReadOnlyCollection<int> groups, string reason, DateTimeOffset now, CancellationToken ct)
    {
        List<Booking> displaced = [];
        foreach (var group in groups)
        {
            if (plan.PauseAt(group, calendar, now) is not { Resumes: var resumes })
                continue;
            if (resumes is null)
                displaced.AddRange(await DisplaceAsync(connection, transaction, group, now, ct));
            var waiting = await connection.ReadAsync(transaction,
                "select id from visit where counter_group = @group and day = @today and status = 'waiting' and openid <> ''",
                new { group, today = Place.DateOf(now) }, r => r.GetInt64(0), ct);
            await JobSql.EnqueueAsync(connection, transaction, [.. waiting.Select(visit => new NewJob(
                IVisits.ClosedJobKind, $"{visit}:{resumes:HHmm}", JsonSerializer.Serialize(new QueueClosed(visit, reason, resumes)), now))], ct);
        }

        return displaced;
    }

    // The visit before the booking, as a counter's step locks them.
    private static async Task<IReadOnlyList<Booking>> DisplaceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int group, DateTimeOffset now, CancellationToken ct)
    {
        var numbers = await connection.ReadAsync(transaction,
            """
            with left_over as (
                select id, booking from visit where counter_group = @group and day = @today and status = 'waiting' and booking is not null order by id for update)
            update visit v set status = 'missed', called_at = @now, ended_at = @now, booking = null from left_over l where v.id = l.id
            returning l.booking
            """, new { group, today = Place.DateOf(now), now = now.UtcDateTime }, r => r.GetString(0), ct);
        var lost = await connection.ReadAsync(transaction,
            $"update booking b set status = 'displaced', changed_at = @now where number = any(@numbers) and status = 'arrived' returning {BookingSql.Columns}",
            new { numbers = numbers.ToArray(), now = now.UtcDateTime }, BookingSql.Read, ct);
        await SlotRefit.FreeAsync(connection, transaction, lost, ct);
        if (numbers.Count > 0)
            await VisitSql.RingAsync(connection, transaction, ct);
        return lost;
    }
}
