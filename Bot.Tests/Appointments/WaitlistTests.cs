using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Places that become free are offered to those who wait, in order.</summary>
public sealed class WaitlistTests : HallFixture
{
    [Test]
    public async Task Freed_places_are_offered_in_order_for_ten_minutes_each()
    {
        var place = At("09:00", "east");
        var booking = await BookedAsync(Wish(place, 1));
        for (var i = 2; i <= 3; i++)
            Assert.That(await Stores.Waitlist.WaitAsync(Wish(place, i), default), Is.EqualTo(new Waiting(WaitingStatus.Waiting, i - 1)));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(place, 2), default)).Status, Is.EqualTo(WaitingStatus.Already));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 2), default)).Status, Is.EqualTo(WaitingStatus.NotFull));

        await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default);
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 8), default), Is.InstanceOf<BookingResult.SlotFull>(), "nobody jumps the queue before it is offered, either");
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o8"), place, false, default), Is.EqualTo(HoldResult.Gone));
        Assert.That((await Stores.Places.FreeAsync(place.Group, place.Day, place.Day, default, default))[0].Free, Is.Zero);
        Assert.That(await AskAsync<long>($"select count(*) from job where kind = '{IWaitlist.JobKind}'"), Is.EqualTo(1));
        List<OpenId> told = [];
        List<(string, WaitEnd)> over = [];
        Task<DateTimeOffset?> Offer() => Stores.Waitlist.OfferAsync(place, o => Told(o, told), o => { over.Add((o.Citizen.Value, o.Why)); return Over(o); }, default);
        Assert.That(await Offer(), Is.EqualTo(Clock.GetUtcNow().AddMinutes(10)));
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 9), default), Is.InstanceOf<BookingResult.SlotFull>(), "it is kept for the first who waits");

        Clock.Advance(TimeSpan.FromMinutes(10));
        await Offer();
        Assert.That(told.Select(t => t.Value), Is.EqualTo(new[] { "o2", "o3" }));
        Assert.That(over, Is.EqualTo([("o2", WaitEnd.Lapsed)]), "who let it lapse is told");
        var entry = (await Stores.Waitlist.OpenAsync(new("o3"), default)).Single();
        Assert.That(await Stores.Waitlist.TakeAsync(new("o2"), entry.Id, null, default), Is.InstanceOf<BookingResult.NotFound>(), "another's");
        Assert.That(await Stores.Waitlist.TakeAsync(new("o3"), entry.Id, null, default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That(await TakenAsync(place), Is.EqualTo(1));
        Assert.That(await Offer(), Is.Null);
        Assert.That(await AskAsync<int>("select max(queued) from slot"), Is.Zero, "nobody waits any more");
    }

    [Test]
    public async Task In_the_night_a_freed_place_is_kept_for_those_who_wait_and_offered_in_the_morning_unless_that_is_too_late()
    {
        var place = At("09:00", "east");
        var booking = await BookedAsync(Wish(place, 1));
        await Stores.Waitlist.WaitAsync(Wish(place, 2), default);
        Clock.SetUtcNow(At("21:00", day: 0).StartsAt);
        await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default);
        List<OpenId> told = [];
        Task<DateTimeOffset?> Offer() => Stores.Waitlist.OfferAsync(place, o => Told(o, told), Over, default);
        Assert.That(await Offer(), Is.EqualTo(At("08:00").StartsAt));
        Assert.That(told, Is.Empty);
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 9), default), Is.InstanceOf<BookingResult.SlotFull>());
        await ExecuteAsync("update booking_rules set offers_from = '08:30'");
        await Stores.LoadAsync();
        await Offer();
        Assert.That(told, Is.EqualTo([new OpenId("o2")]), "at half past eight nobody could book it any more");
    }

    [Test]
    public async Task A_hold_that_ends_by_itself_or_is_left_brings_the_place_to_those_who_wait()
    {
        var (place, citizen) = (At("09:00", "east"), new OpenId("o1"));
        await Stores.Places.HoldAsync(Guid.NewGuid(), citizen, place, false, default);
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(place, 2), default)).Status, Is.EqualTo(WaitingStatus.Waiting));
        Assert.That(await DueAsync(), Is.EqualTo(Clock.GetUtcNow().AddMinutes(5)), "looked at when the hold ends");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Stores.Places.ReleaseAsync(citizen, default);
        Assert.That(await DueAsync(), Is.EqualTo(Clock.GetUtcNow()), "and at once when the form is left");
        List<OpenId> told = [];
        await Stores.Waitlist.OfferAsync(place, o => Told(o, told), Over, default);
        Assert.That(told, Is.EqualTo([new OpenId("o2")]));

        async Task<DateTimeOffset> DueAsync() => new(await AskAsync<DateTime>($"select due_at from job where kind = '{IWaitlist.JobKind}'"));
    }

    [Test]
    public async Task Who_waits_for_a_better_time_moves_the_booking_there()
    {
        var (full, mine) = (await BookedAsync(Wish(At("09:00", "east"), 1)), await BookedAsync(Wish(At("09:30", "east", 2), 2)));
        await Stores.Waitlist.WaitAsync(Wish(full.Place, 2), default);
        await Stores.Bookings.CancelAsync(full.Citizen, full.Number, default);
        List<OpenId> told = [];
        await Stores.Waitlist.OfferAsync(full.Place, o => Told(o, told), Over, default);
        var entry = (await Stores.Waitlist.OpenAsync(mine.Citizen, default)).Single();
        Assert.That(await Stores.Waitlist.TakeAsync(mine.Citizen, entry.Id, null, default), Is.InstanceOf<BookingResult.SameService>());
        var family = await BookedAsync(Wish(At("09:30", day: 3), 7, citizen: mine.Citizen));
        Assert.That(await Stores.Waitlist.TakeAsync(mine.Citizen, entry.Id, family.Number, default), Is.InstanceOf<BookingResult.NotFound>(), "another person's");
        Assert.That((await Stores.Waitlist.ElsewhereAsync(mine.Citizen, entry.Id, default))!.Number, Is.EqualTo(mine.Number));
        Assert.That(await Stores.Waitlist.TakeAsync(mine.Citizen, entry.Id, mine.Number, default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That((await TakenAsync(full.Place), await TakenAsync(mine.Place)), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Who_waited_for_nothing_is_told_so_when_it_is_too_late_and_when_the_slot_is_closed()
    {
        await BookedAsync(Wish(At("09:00", "east"), 1));
        await Stores.Waitlist.WaitAsync(Wish(At("09:00", "east"), 2), default);
        await BookedAsync(Wish(At("09:30", "east"), 3));
        await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 4), default);
        await Stores.Setup.CloseAsync(new(0, "east", null, Tomorrow, Tomorrow, new(9, 30), new(10, 0), null, "检修"), Clerk, default);
        List<(string, WaitEnd)> over = [];
        foreach (var place in (Place[])[At("09:30", "east"), At("09:00", "east")])
        {
            await Stores.Waitlist.OfferAsync(place, _ => throw new AssertionException("nothing is free"), o =>
            {
                over.Add((o.Citizen.Value, o.Why));
                return Over(o);
            }, default);
            Clock.SetUtcNow(At("09:00", "east").StartsAt.AddMinutes(-30));
        }

        Assert.That(over, Is.EqualTo([("o4", WaitEnd.Closed), ("o2", WaitEnd.Late)]));
        Assert.That(await AskAsync<long>("select count(*) from waitlist where status <> 'ended'"), Is.Zero);
    }

    [Test]
    public async Task Nobody_waits_for_what_is_closed_and_two_groups_of_a_hall_do_not_give_one_service()
    {
        await BookedAsync(Wish(At("09:00", "east"), 1));
        await Stores.Setup.CloseAsync(new(0, "east", null, Tomorrow, Tomorrow, null, null, null, "检修"), Clerk, default);
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:00", "east"), 2), default)).Status, Is.EqualTo(WaitingStatus.Gone));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 2), default)).Status, Is.EqualTo(WaitingStatus.Gone), "nobody ever held a place there");
        var first = Stores.Plans.Current.Groups[0];
        Assert.That(await Stores.Setup.SaveGroupAsync(first with { Id = 0, Name = "二组", Letter = "B" }, Clerk, default), Is.EqualTo(SetupSaved.Given));
    }

    private static NewCitizenMessage Over(WaitOver over) => new() { Key = $"o{over.Id}", To = over.Citizen, Words = "没有等到" };

    private static NewCitizenMessage Told(WaitOffer offer, List<OpenId> told)
    {
        told.Add(offer.Citizen);
        return new() { Key = $"w{offer.Id}", To = offer.Citizen, Words = "有位" };
    }
}
