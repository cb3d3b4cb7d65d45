using Bot.Data.Appointments;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Confirmations that share a transaction get what each of them would get alone, one after the other.</summary>
public sealed class TogetherTests : HallFixture
{
    private readonly List<Place> _places = [];
    private FieldCipher _cipher = null!;
    private int _numbers;

    [SetUp]
    public async Task OpenFourSlots()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false, per_day = 2, per_week = 3; update counter_group set per_counter = 5, reserved = 2");
        await Stores.LoadAsync();
        _cipher = await Stores.Ciphers.GetAsync(default);
        _places.Clear();
        await using var connection = await One.OpenConnectionAsync();
        foreach (var place in (Place[])[At("09:00"), At("09:30"), At("09:00", day: 2), At("09:30", day: 2)])
        {
            await Stores.Places.EnsureAsync(connection, null, place, default);
            _places.Add(place);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Whatever_they_are_and_whatever_they_meet(int seed)
    {
        var random = new Random(seed);
        await using var connection = await One.OpenConnectionAsync();
        for (var round = 0; round < 40; round++)
        {
            await using var slots = await connection.BeginTransactionAsync();
            List<Guid> holders = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];
            await PrepareAsync(connection, random, holders);
            List<NewBooking> wishes = [.. Enumerable.Range(0, random.Next(1, 17)).Select(_ => WishOf(random, holders)).OrderBy(w => (w.Place.Day, w.Place.Start))];

            var together = await TryAsync(connection, slots, [wishes]);
            var oneByOne = await TryAsync(connection, slots, [.. wishes.Select(w => (IReadOnlyList<NewBooking>)[w])]);
            Assert.That(together.Results, Is.EqualTo(oneByOne.Results), $"round {round}");
            Assert.That(together.Bookings, Is.EqualTo(oneByOne.Bookings), $"round {round}");
            Assert.That(together.Slots, Is.EqualTo(oneByOne.Slots), $"round {round}");
        }
    }

    /// <summary>Some slots are nearly full, held by those who come or by others, or waited for; some persons are banned or were here before.</summary>
    private async Task PrepareAsync(NpgsqlConnection connection, Random random, List<Guid> holders)
    {
        foreach (var place in _places)
        {
            var holds = Enumerable.Range(0, random.Next(4)).Select(_ => (random.Next(2) == 0 ? holders[random.Next(holders.Count)] : Guid.NewGuid(), Clock.GetUtcNow().AddMinutes(random.Next(-2, 4)).UtcDateTime)).ToList();
            await connection.ExecuteAsync(
                """
                update slot set taken = @taken, priority_taken = least(@taken, 1), queued = @queued,
                    holds = array(select row(holder, until)::place_hold from unnest(@holders, @untils) h(holder, until))
                where (counter_group, day, start) = (@Group, @Day, @Start)
                """,
                new { place.Group, place.Day, place.Start, taken = random.Next(9), queued = random.Next(8) switch { 0 => 1, 1 => 2, _ => 0 }, holders = holds.ConvertAll(h => h.Item1), untils = holds.ConvertAll(h => h.Item2) });
        }

        await Confirmation.WriteAsync(connection, [.. Enumerable.Range(0, 3).Select(i => Confirm(Wish(_places[i], i)))], Stores.Plans.Current.Rules, Clock.GetUtcNow());
        await connection.ExecuteAsync(
            """
            insert into booking_ban (person, openid, booking, since, until)
            select @person, openid, number, @now, @until from booking order by number limit 1
            """,
            new { person = BookingSql.PersonOf(_cipher, Person(5).IdNumber), now = Clock.GetUtcNow().AddDays(-3).UtcDateTime, until = Clock.GetUtcNow().AddDays(random.Next(-1, 2)).UtcDateTime });
    }

    private NewBooking WishOf(Random random, List<Guid> holders)
    {
        var run = random.Next(3) == 0 && holders.Count > 0 ? holders[^1] : Guid.NewGuid();
        holders.Remove(run);
        return Wish(_places[random.Next(_places.Count)], random.Next(12), random.Next(10) == 0 ? "none" : "jzz") with
        {
            Run = run, Claim = random.Next(6) == 0 ? PriorityClaim.Soldier : PriorityClaim.None,
        };
    }

    private async Task<(List<string> Results, List<string> Bookings, List<string> Slots)> TryAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IReadOnlyList<NewBooking>> batches)
    {
        await transaction.SaveAsync("before");
        List<string> results = [];
        foreach (var batch in batches)
        {
            List<Confirmation> confirmations = [.. batch.Select(Confirm)];
            await Confirmation.WriteAsync(connection, confirmations, Stores.Plans.Current.Rules, Clock.GetUtcNow());
            results.AddRange(confirmations.Select(c => c.Result is BookingResult.Booked ? "booked" : $"{c.Result}"));
        }

        var bookings = (await connection.QueryAsync<string>("select (run_id, person, counter_group, day, start, nth, priority)::text from booking order by run_id")).AsList();
        // What has lapsed is cleared away by whoever comes next.
        var slots = (await connection.QueryAsync<string>(
            """
            select (day, start, taken, priority_taken, array(select h.holder from unnest(holds) h where h.until > @now order by 1))::text from slot order by day, start
            """, new { now = Clock.GetUtcNow().UtcDateTime })).AsList();
        await transaction.RollbackAsync("before");
        return (results, bookings, slots);
    }

    private Confirmation Confirm(NewBooking wish) => new(wish, $"YYT-{_numbers++}", _cipher);
}
