using Bot.Data.Appointments;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What counters do not give any more nobody comes for, and nobody waits for.</summary>
internal static class UnofferedServices
{
    private const string Unoffered =
        "not exists (select from service_offer o join service_item i on i.code = o.service where o.service = b.service and o.counter_group = b.counter_group and i.active)";

    /// <summary>Call with the slots locked.</summary>
    /// <returns>Bookings that lost their place.</returns>
    public static async Task<IReadOnlyList<Booking>> DisplaceAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RefitScope scope, CancellationToken ct)
    {
        var parameters = new { groups = scope.Groups.ToArray(), scope.From, scope.To, over = scope.Over.UtcDateTime, now = scope.Now.UtcDateTime };
        var lost = await connection.ReadAsync(transaction,
            $"""
            update booking b set status = 'displaced', changed_at = @now
            where counter_group = any(@groups) and day between @From and @To and status = 'booked' and starts_at > @over and {Unoffered}
            returning {BookingSql.Columns}
            """, parameters, BookingSql.Read, ct);
        await SlotRefit.FreeAsync(connection, transaction, lost, ct);
        var waited = await connection.ReadAsync(transaction,
            $"select distinct b.counter_group, b.day, b.start from waitlist b where counter_group = any(@groups) and day between @From and @To and status in ('waiting', 'offered') and {Unoffered}",
            parameters, r => new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), ct);
        await BookingMoves.OfferAsync(connection, transaction, [.. lost.Select(b => b.Place).Union(waited)], scope.Now, ct);
        return lost;
    }
}
