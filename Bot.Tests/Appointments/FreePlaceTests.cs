using Bot.Data.Appointments;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What is free, and held while a form is filled in.</summary>
public sealed class FreePlaceTests : HallFixture
{
    [Test]
    public async Task Days_and_slots_show_what_is_left()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        await Stores.Places.HoldAsync(Guid.NewGuid(), new("o2"), At("09:30"), false, default);
        var free = await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow.AddDays(-1), Tomorrow, default, default);
        Assert.That(free.Select(f => (f.Place, f.Finish, f.Free)),
            Is.EqualTo(new[] { (At("09:00"), new TimeOnly(9, 30), 1), (At("09:30"), new TimeOnly(10, 0), 1) }), "nothing of today: it begins too soon or has begun");
    }

    [Test]
    public async Task A_hold_is_free_to_its_holder_and_one_citizen_holds_one_place()
    {
        var run = Guid.NewGuid();
        await Stores.Places.HoldAsync(run, new("o1"), At("09:00"), false, default);
        Assert.That((await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, run, default))[0].Free, Is.EqualTo(2));
        await Stores.Places.HoldAsync(run, new("o1"), At("09:30"), false, default);
        Assert.That((await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, default, default)).Select(f => f.Free), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task A_form_keeps_its_place_for_three_holds_however_often_it_is_renewed()
    {
        var (run, place) = (Guid.NewGuid(), At("09:00", "east"));
        for (var minute = 0; minute < 15; minute += 3)
        {
            Assert.That(await Stores.Places.HoldAsync(run, new("o1"), place, false, default), Is.EqualTo(HoldResult.Held));
            Clock.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.That(await Stores.Places.HoldAsync(run, new("o1"), place, false, default), Is.EqualTo(HoldResult.Held), "as long as there is room");
        await BookedAsync(Wish(place, 2));
        Assert.That(await Stores.Places.HoldAsync(run, new("o1"), place, false, default), Is.EqualTo(HoldResult.Gone));
    }

    [Test]
    public async Task Nothing_can_be_had_outside_the_hours_in_the_past_or_at_the_last_minute()
    {
        foreach (var place in (Place[])[At("10:00"), At("09:15"), At("09:00", day: 0), At("09:30", day: 0), At("09:00", day: 6)])
        {
            Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o1"), place, false, default), Is.EqualTo(HoldResult.Gone), place.ToString());
            Assert.That(await BookAsync(Wish(place, 1)), Is.Not.InstanceOf<BookingResult.Booked>(), place.ToString());
        }
    }

    [Test]
    public async Task Nobody_books_or_holds_further_ahead_than_the_rules_say()
    {
        await ExecuteAsync("update booking_rules set days_ahead = 3");
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o1"), At("09:00", day: 4), false, default), Is.EqualTo(HoldResult.Gone));
        Assert.That(await BookAsync(Wish(At("09:00", day: 4), 1)), Is.InstanceOf<BookingResult.TooFar>());
        var booked = await BookedAsync(Wish(At("09:00", day: 3), 1));
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), booked.Citizen, booked.Number, At("09:00", day: 4), default), Is.InstanceOf<BookingResult.TooFar>());
        await ExecuteAsync("update booking_rules set days_ahead = 14");
    }
}
