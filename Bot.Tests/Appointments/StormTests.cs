using Bot.Data.Appointments;
using Bot.WeChat;
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
            join counter_group g on g.id = b.counter_group and g.branch = c.branch where b.status = 'booked'
            """), Is.Zero, "nobody is left in a closed hall");
        Assert.That(await AskAsync<long>("select count(*) from (select 1 from booking where status = 'booked' group by person, day having count(*) > 1) d"), Is.Zero, "one booking a person a day");
        Assert.That(await AskAsync<long>("select count(*) from booking where start not in ('09:00', '09:30')"), Is.Zero, "nobody is booked outside the hours");
    }

    private async Task WorkAsync(Random random, HallStores host, int worker)
    {
        List<Booking> mine = [];
        for (var step = 0; step < 30; step++)
        {
            var place = At(random.Next(2) == 0 ? "09:00" : random.Next(4) == 0 ? "10:30" : "09:30", random.Next(2) == 0 ? "center" : "east", random.Next(1, 4));
            var person = worker * 100 + random.Next(40);
            switch (random.Next(10))
            {
                case < 4:
                    if (await host.Bookings.BookAsync(Wish(place, person), default) is BookingResult.Booked booked)
                        mine.Add(booked.Booking);
                    break;
                case 4:
                    await host.Places.HoldAsync(Guid.NewGuid(), new OpenId($"o{person}"), place, false, default);
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
                    await host.Setup.CloseAsync(new(0, "east", null, place.Day, place.Day, null, null, null, "检修"), Clerk, default);
                    break;
                case 9 when worker == 1:
                    foreach (var closure in await host.Setup.ClosuresAsync(default))
                        await host.Setup.LiftAsync(closure.Id, Clerk, default);
                    break;
            }
        }
    }
}
