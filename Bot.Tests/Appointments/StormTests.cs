using Bot.Data.Appointments;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Everything at once, at random, from two hosts: whatever happens, no slot sells more than it has and every count is right.</summary>
[NonParallelizable]
public sealed class StormTests : HallFixture
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Capacity_is_never_exceeded_whatever_people_and_staff_do(int seed)
    {
        await ExecuteAsync("update booking_rules set one_per_service = false, per_week = 4");
        await GenerateHoursAsync(new Random(seed));
        await Stores.LoadAsync();
        var other = new HallStores(Other, Clock);
        await other.LoadAsync();
        await Stores.Ciphers.GetAsync(default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync(new Random(seed * 100 + worker), worker % 2 == 0 ? Stores : other, worker))));

        Assert.That(await AskAsync<long>(
            """
            select count(*) from slot s where taken > capacity or taken <> (
                select count(*) from booking b where (b.counter_group, b.day, b.start) = (s.counter_group, s.day, s.start) and status in ('booked', 'arrived', 'served', 'missed'))
            """), Is.Zero, "a slot's count is that of its bookings");
        Assert.That(await AskAsync<long>(
            """
            select count(*) from booking b join closure c on c.lifted_at is null and b.day between c.from_day and c.to_day
            join counter_group g on g.id = b.counter_group and g.branch = c.branch where b.status = 'booked' and num_nonnulls(c.from_time, c.counters) = 0
            """), Is.Zero, "nobody is left in a closed hall");
        Assert.That(await AskAsync<long>("select count(*) from (select 1 from booking where status = 'booked' group by person, day having count(*) > 1) d"), Is.Zero, "one booking a person a day");
        Assert.That(await AskAsync<long>(
            """
            select count(*) from slot s where queued <> (
                select coalesce(max(1 + priority::int), 0) from waitlist w where (w.counter_group, w.day, w.start) = (s.counter_group, s.day, s.start) and status = 'waiting')
            """), Is.Zero, "a slot knows who waits for it");
        Assert.That(await AskAsync<long>("select count(*) from slot where taken - priority_taken > capacity - reserved"), Is.Zero, "reserved places are kept");
        var now = new HallStores(One, Clock);
        await now.LoadAsync();
        await using var connection = await One.OpenConnectionAsync();
        foreach (var (group, day, start, booked) in await connection.QueryAsync<(int, DateOnly, TimeOnly, long)>(
            "select counter_group, day, start, count(*) from booking where status = 'booked' group by 1, 2, 3"))
        {
            var slot = now.Plans.Current.SlotsOn(now.Plans.Current.Group(group)!, day, now.Calendar.Current).FirstOrDefault(s => s.Start == start);
            Assert.That(booked, Is.LessThanOrEqualTo(slot.Capacity), $"nobody is booked outside the hours, on a holiday or beyond the counters: {group} {day} {start}");
        }

        await ComeAsync(other);
    }

    /// <summary>The next morning: whoever booked comes, each at both hosts at once, while the counters call.</summary>
    private async Task ComeAsync(HallStores other)
    {
        Clock.SetUtcNow(At("09:00").StartsAt.AddMinutes(-10));
        await using var connection = await One.OpenConnectionAsync();
        var numbers = (await connection.QueryAsync<string>("select number from booking where day = @Tomorrow and status = 'booked'", new { Tomorrow })).AsList();
        await Task.WhenAll(numbers.SelectMany(number => new[] { Stores, other }.Select(host => Task.Run(() => host.Visits.CheckInAsync(number, Clerk, default))))
            .Concat(Stores.Plans.Current.Groups.SelectMany(g => g.Counters.Select(counter => Task.Run(() => ServeAsync(g.Id, counter))))));
        Assert.That(await AskAsync<long>("select count(*) from (select 1 from visit where booking is not null group by booking having count(*) > 1) d"), Is.Zero, "one number a booking");
        Assert.That(await AskAsync<long>($"select count(*) from visit where day = '{Tomorrow:yyyy-MM-dd}' and booking is not null"), Is.EqualTo(numbers.Count), "and everybody has one");
        Assert.That(await AskAsync<long>(
            """
            select count(*) from visit v join booking b on b.number = v.booking
            where b.status <> case v.status when 'served' then 'served' when 'missed' then 'missed' else 'arrived' end
            """), Is.Zero, "a booking says what became of its visit");
    }

    private async Task ServeAsync(int group, string counter)
    {
        for (var turn = 0; turn < 4; turn++)
        {
            if (await Stores.Counters.CallNextAsync(group, counter, Clerk, v => new() { Key = $"call:{v.Id}:{turn}", To = v.Citizen!.Value, Words = "请到窗口" }, default) is { } called)
                await Stores.Counters.StepAsync(called.Id, turn % 2 == 0 ? VisitStep.Finish : VisitStep.Miss, Clerk, _ => null, default);
        }
    }

    [TearDown]
    public Task ForgetHolidays() => ExecuteAsync("truncate calendar_day");

    private async Task GenerateHoursAsync(Random random)
    {
        foreach (var group in Stores.Plans.Current.Groups)
        {
            await Stores.Setup.SaveGroupAsync(group with
            {
                SlotMinutes = random.Next(2) == 0 ? 20 : 30, PerCounter = random.Next(1, 3), Reserved = random.Next(2),
                Openings = [.. Enumerable.Range(1, 6).Select(day => new Opening((DayOfWeek)day, new(9, 0), new(10 + random.Next(2), 0), random.Next(1, 3)))],
            }, Clerk, default);
        }
    }

    private static async Task WorkAsync(Random random, HallStores host, int worker)
    {
        List<Booking> mine = [];
        for (var step = 0; step < 30; step++)
        {
            var (plan, day) = (host.Plans.Current, Tomorrow.AddDays(random.Next(3)));
            var group = plan.Groups[random.Next(plan.Groups.Count)];
            var slots = plan.SlotsOn(group, day, host.Calendar.Current);
            var place = new Place(group.Id, day, slots.Count == 0 || random.Next(8) == 0 ? new(12, 30) : slots[random.Next(slots.Count)].Start);
            var person = worker * 100 + random.Next(40);
            var wish = Wish(place, person) with { Claim = random.Next(5) == 0 ? PriorityClaim.Disabled : PriorityClaim.None };
            switch (random.Next(13))
            {
                case < 4:
                    if (await host.Bookings.BookAsync(wish, default) is BookingResult.Booked booked)
                        mine.Add(booked.Booking);
                    break;
                case 4:
                    await host.Places.HoldAsync(wish.Run, wish.Citizen, place, wish.HasPriority, default);
                    break;
                case 5 or 6 when mine.Count > 0:
                    var moved = mine[random.Next(mine.Count)];
                    await host.Bookings.MoveAsync(Guid.NewGuid(), moved.Citizen, moved.Number, place, default);
                    break;
                case 7 when mine.Count > 0:
                    var gone = mine[random.Next(mine.Count)];
                    await host.Bookings.CancelAsync(gone.Citizen, gone.Number, default);
                    break;
                case 8 when worker == 0:
                    TimeOnly? from = random.Next(2) == 0 ? new(9, 30) : null;
                    await host.Setup.CloseAsync(new(0, "east", null, place.Day, place.Day, from, from?.AddHours(1), null, "检修"), Clerk, default);
                    break;
                case 8 when worker == 2:
                    await host.Setup.ImportHolidaysAsync([new(place.Day, random.Next(2) == 0, "临时调整")], Clerk, default);
                    break;
                case 9 when worker == 1:
                    foreach (var closure in await host.Setup.ClosuresAsync(default))
                        await host.Setup.LiftAsync(closure.Id, Clerk, default);
                    break;
                case 10:
                    await host.Waitlist.WaitAsync(wish, default);
                    break;
                case 11:
                    await host.Waitlist.OfferAsync(place, o => new() { Key = $"offer:{o.Id}", To = o.Citizen, Words = "有位" }, o => new() { Key = $"over:{o.Id}", To = o.Citizen, Words = "没有了" }, default);
                    break;
                case 12:
                    if ((await host.Waitlist.OpenAsync(wish.Citizen, default)).FirstOrDefault(w => w.OfferedUntil is not null) is { } offered
                        && await host.Waitlist.TakeAsync(wish.Citizen, offered.Id, null, default) is BookingResult.Booked taken)
                        mine.Add(taken.Booking);
                    break;
            }
        }
    }
}
