using System.Diagnostics;
using System.Globalization;
using Bot.Bench.Notices;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Bench.Booking;

/// <summary>
/// Confirmations a second beside pgbench running the bare equivalent in the same minutes, turn by turn; then how long the free places of a hall's
/// month take with 10,000 bookings.
/// </summary>
internal static class BookingBench
{
    private const int Bookings = 10_000;
    private const int MonthDays = 31;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var (clients, seconds, rounds) = (arguments.Number("clients", 32), arguments.Number("seconds", 8), arguments.Number("rounds", 3));
        Rows.Configure();
        await using var servers = await BenchServers.StartAsync(durable: true);
        var connectionString = await servers.DatabaseAsync();
        await using var db = NpgsqlDataSource.Create(connectionString + ";Command Timeout=60;Maximum Pool Size=64;No Reset On Close=true");
        var hall = await BenchHall.OpenAsync(db);
        var bare = await BareBooking.PrepareAsync(db, connectionString, hall.Slots.Count);
        Console.WriteLine($"{clients} clients, {seconds} s a turn, {hall.Slots.Count} slots, every commit on the disk; the bare transaction by {bare.Name}");

        // The JIT's last word comes late.
        await hall.ConfirmAsync(clients, TimeSpan.FromSeconds(6));
        await bare.RunAsync(clients, 2);
        List<double> ratios = [];
        for (var round = 1; round <= rounds; round++)
        {
            var theirs = await bare.RunAsync(clients, seconds);
            var ours = await hall.ConfirmAsync(clients, TimeSpan.FromSeconds(seconds));
            ratios.Add(ours / theirs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: bare {theirs,8:0} /s   confirmations {ours,8:0} /s   ratio {ours / theirs:0.00}"));
        }

        ratios.Sort();
        var ratio = ratios[ratios.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratio:0.00} (at least 0.7)"));

        var had = await hall.FillAsync(Bookings);
        var (median, worst) = await hall.MonthAsync(MonthDays);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a month's free places with {had} bookings: median {median:0.00} ms, p95 {worst:0.00} ms (below 10)"));
        var oversold = await hall.OversoldAsync();
        Console.WriteLine($"slots whose count is not that of their bookings: {oversold}");
        return ratio >= 0.7 && worst < 10 && oversold == 0 ? 0 : 1;
    }
}

/// <summary>A hall with room for everybody, as a host has it.</summary>
internal sealed class BenchHall
{
    private readonly NpgsqlDataSource _db;
    private readonly PostgresBookings _bookings;
    private readonly PostgresPlaces _places;
    private readonly DateOnly _from;
    private int _people;

    private BenchHall(NpgsqlDataSource db, PostgresBookings bookings, PostgresPlaces places, DateOnly from, IReadOnlyList<Place> slots) =>
        (_db, _bookings, _places, _from, Slots) = (db, bookings, places, from, slots);

    public IReadOnlyList<Place> Slots { get; }

    public static async Task<BenchHall> OpenAsync(NpgsqlDataSource db)
    {
        var (plans, calendar, clock, ciphers) = (new AppointmentPlans(), new CalendarLibrary(), TimeProvider.System, new PostgresFieldCiphers(db, MasterKeys.None, CipherSuite.Aes, TimeProvider.System));
        var setup = new PostgresAppointmentSetup(db, calendar, clock);
        await setup.ImportAsync(new(
            [new("center", "市政务服务中心", null, "", true)], [new("hall", "center", "大厅", "", "", "", null, null, true)],
            [new("service", "center", "事项", [], "", 15, 1, true)],
            [
                new(0, "hall", "窗口", "A", 30, 50, 1, true)
                {
                    Openings = [.. Enum.GetValues<DayOfWeek>().Select(day => new Opening(day, new(9, 0), new(17, 0), 99))], Services = ["service"], Counters = ["1"],
                },
            ]), default);
        plans.Replace(await setup.LoadAsync(default));
        await setup.SaveRulesAsync(plans.Current.Rules with { DaysAhead = 40 }, new(0, "bench", "bench", [], null), default);
        var places = new PostgresPlaces(db, plans, calendar, clock);
        var bookings = new PostgresBookings(db, places, new(db), new(db, places, plans, clock), ciphers, plans, clock);
        await ciphers.GetAsync(default);
        var (group, from) = (plans.Current.Groups[0], Place.DateOf(clock.GetUtcNow()).AddDays(1));
        List<Place> slots = [];
        await using var connection = await db.OpenConnectionAsync();
        for (var day = from; day < from.AddDays(14); day = day.AddDays(1))
        {
            foreach (var slot in plans.Current.SlotsOn(group, day, calendar.Current))
            {
                slots.Add(new(group.Id, day, slot.Start));
                await places.EnsureAsync(connection, null, slots[^1], default);
            }
        }

        return new(db, bookings, places, from, slots);
    }

    /// <returns>Confirmations a second.</returns>
    public async Task<double> ConfirmAsync(int clients, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
                await ConfirmOneAsync();
            return count;
        })));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    public async Task<long> FillAsync(int bookings)
    {
        var had = (await _db.ReadAsync("select count(*) from booking", new { }, r => r.GetInt64(0), default))[0];
        for (; had < bookings; had++)
            await ConfirmOneAsync();
        return had;
    }

    /// <returns>Median and 95th percentile in ms.</returns>
    public async Task<(double Median, double P95)> MonthAsync(int days)
    {
        List<double> times = [];
        for (var i = 0; i < 220; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await _places.FreeAsync(Slots[0].Group, _from, _from.AddDays(days - 1), default, default);
            if (i >= 20)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 95 / 100]);
    }

    public async Task<long> OversoldAsync() => (await _db.ReadAsync(
            """
            select count(*) from slot s
            where taken > capacity or taken <> (select count(*) from booking b where (b.counter_group, b.day, b.start) = (s.counter_group, s.day, s.start))
            """, new { }, r => r.GetInt64(0), default, seconds: 60))[0];

    private async Task ConfirmOneAsync()
    {
        var person = Interlocked.Increment(ref _people);
        var wish = new NewBooking(Guid.NewGuid(), new OpenId($"o{person}"), "service", Slots[Random.Shared.Next(Slots.Count)], new("王小明", Number(person), string.Create(CultureInfo.InvariantCulture, $"138{person:00000000}"), false));
        if (await _bookings.BookAsync(wish, default) is not BookingResult.Booked)
            throw new InvalidOperationException("The bench's hall is full");
    }

    // The stores never check it again: any 18 characters that differ will do.
    private static string Number(int person) => string.Create(CultureInfo.InvariantCulture, $"1101011990{person % 12 + 1:00}{person % 28 + 1:00}{person:0000}");
}
