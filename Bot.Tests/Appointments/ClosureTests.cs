using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Host.Endpoints;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

public sealed class ClosureTests : HallFixture
{
    private Closure Of(int? counters = null, int days = 1, TimeOnly? from = null, TimeOnly? to = null) =>
        new(0, "center", counters is null ? null : At("09:00").Group, Tomorrow, Tomorrow.AddDays(days - 1), from, to, counters, "设备检修");

    [Test]
    public async Task A_closed_day_displaces_all_and_a_closed_counter_only_who_has_no_room()
    {
        var first = await BookedAsync(Wish(At("09:00"), 1));
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await BookedAsync(Wish(At("09:00"), 2));
        Assert.That((await Stores.Setup.PreviewAsync(Of(counters: 1), default)).Select(b => b.Number), Is.EqualTo(new[] { second.Number }));
        Assert.That(await TakenAsync(first.Place), Is.EqualTo(2), "a preview changes nothing");

        var hit = await Stores.Setup.CloseAsync(Of(counters: 1), Clerk, default);
        Assert.That(hit.Select(b => b.Number), Is.EqualTo(new[] { second.Number }));
        Assert.That((await Stores.Setup.CloseAsync(Of(), Clerk, default)).Select(b => b.Number), Is.EqualTo(new[] { first.Number }));
        Assert.That(await TakenAsync(first.Place), Is.EqualTo(0));
        Assert.That((await Stores.Setup.UnsolvedAsync(["center"], default)).Count, Is.EqualTo(2));
        Assert.That(await AskAsync<long>($"select count(*) from job where kind = '{IAppointmentSetup.HealJobKind}'"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_was_displaced_takes_another_place_whatever_the_hour()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-40));
        await Stores.Setup.CloseAsync(Of(), Clerk, default);
        await Stores.LoadAsync();
        var other = At("09:30", day: 2);
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), booking.Citizen, booking.Number, other, default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That(await Stores.Setup.UnsolvedAsync(["center", "east"], default), Is.Empty);
    }

    [Test]
    public async Task Who_waits_with_a_slip_of_paper_reads_on_the_screen_that_the_counters_closed()
    {
        Clock.SetUtcNow(At("09:00").StartsAt);
        await Stores.Visits.WalkInAsync(null, At("09:00").Group, "jzz", false, Clerk, default);
        Assert.That(await PauseAsync(), Is.Empty);
        await Stores.Setup.CloseAsync(Of(from: new(9, 0), to: new(9, 30)), Clerk, default);
        Assert.That(await PauseAsync(), Is.EqualTo("暂停办理，09:30恢复，号码保留"));
        await Stores.Setup.CloseAsync(Of(), Clerk, default);
        Assert.That(await PauseAsync(), Is.EqualTo("今天不再办理，请到咨询台"));

        async Task<string> PauseAsync()
        {
            await Stores.LoadAsync();
            return HallState.Of(Stores.Plans.Current, Stores.Calendar.Current, Clock.GetUtcNow(), await Stores.Visits.TodayAsync("center", default)).Queues.Single().Pause;
        }
    }

    [Test]
    public async Task Closed_hours_leave_the_others_open_and_what_is_lifted_opens_again()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        await Stores.Setup.CloseAsync(Of(from: new(9, 15), to: new(9, 30)), Clerk, default);
        await Stores.LoadAsync();
        var free = await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, default, default);
        Assert.That(free.Select(f => f.Place), Is.EqualTo(new[] { At("09:30") }));
        Assert.That(await Stores.Setup.LiftAsync(await AskAsync<long>("select id from closure"), Clerk, default), Is.True);
        Assert.That(await Stores.Setup.LiftAsync(await AskAsync<long>("select id from closure"), Clerk, default), Is.False);
        await BookedAsync(Wish(At("09:00"), 2));
    }

    [Test]
    public async Task A_host_that_did_not_hear_of_a_closure_cannot_sell_by_the_old_plan()
    {
        var deaf = new HallStores(Other, Clock);
        await deaf.LoadAsync();
        await Stores.Setup.CloseAsync(Of(), Clerk, default);
        Assert.That(await deaf.Bookings.BookAsync(Wish(At("09:00"), 1), default), Is.InstanceOf<BookingResult.SlotFull>());
        Assert.That(await deaf.Places.HoldAsync(Guid.NewGuid(), new("o1"), At("09:30"), false, default), Is.EqualTo(HoldResult.Gone));
    }

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
        Task<DateTimeOffset?> Offer() => Stores.Waitlist.OfferAsync(place, o => Told(o, told), Over, default);
        Assert.That(await Offer(), Is.EqualTo(Clock.GetUtcNow().AddMinutes(10)));
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 9), default), Is.InstanceOf<BookingResult.SlotFull>(), "it is kept for the first who waits");

        Clock.Advance(TimeSpan.FromMinutes(10));
        await Offer();
        Assert.That(told.Select(t => t.Value), Is.EqualTo(new[] { "o2", "o3" }));
        var entry = (await Stores.Waitlist.OpenAsync(new("o3"), default)).Single();
        Assert.That(await Stores.Waitlist.TakeAsync(new("o2"), entry.Id, null, default), Is.InstanceOf<BookingResult.NotFound>(), "another's");
        Assert.That(await Stores.Waitlist.TakeAsync(new("o3"), entry.Id, null, default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That(await TakenAsync(place), Is.EqualTo(1));
        Assert.That(await Offer(), Is.Null);
        Assert.That(await AskAsync<int>("select max(queued) from slot"), Is.Zero, "nobody waits any more");
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
    public async Task Who_waited_for_nothing_is_told_so_when_it_is_too_late_and_when_the_slot_is_closed()
    {
        await BookedAsync(Wish(At("09:00", "east"), 1));
        await Stores.Waitlist.WaitAsync(Wish(At("09:00", "east"), 2), default);
        await BookedAsync(Wish(At("09:30", "east"), 3));
        await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 4), default);
        await Stores.Setup.CloseAsync(new(0, "east", null, Tomorrow, Tomorrow, new(9, 30), new(10, 0), null, "检修"), Clerk, default);
        List<(string, bool)> over = [];
        foreach (var place in (Place[])[At("09:30", "east"), At("09:00", "east")])
        {
            await Stores.Waitlist.OfferAsync(place, _ => throw new AssertionException("nothing is free"), o =>
            {
                over.Add((o.Citizen.Value, o.Closed));
                return Over(o);
            }, default);
            Clock.SetUtcNow(At("09:00", "east").StartsAt.AddMinutes(-30));
        }

        Assert.That(over, Is.EqualTo([("o4", true), ("o2", false)]));
        Assert.That(await AskAsync<long>("select count(*) from waitlist where status <> 'ended'"), Is.Zero);
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
    public async Task A_holiday_that_another_host_imported_is_not_sold_by_this_one()
    {
        var deaf = new HallStores(Other, Clock);
        await deaf.LoadAsync();
        try
        {
            await new Bot.Data.Postgres.PostgresCalendarDays(One).ImportAsync([new(Tomorrow, false, "临时放假")], default);
            await Stores.Setup.RefitAsync(Clerk, default);
            Assert.That(await deaf.Bookings.BookAsync(Wish(At("09:00"), 1), default), Is.InstanceOf<BookingResult.SlotFull>());
        }
        finally
        {
            await ExecuteAsync("truncate calendar_day");
        }
    }

    [Test]
    public async Task A_closure_of_the_running_hour_reaches_those_on_their_way_and_those_who_wait()
    {
        var (coming, waiting) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:00"), 2)));
        Clock.SetUtcNow(coming.Place.StartsAt.AddMinutes(5));
        await Stores.Visits.CheckInAsync(waiting.Number, null, default);
        await Stores.Visits.WalkInAsync(new("o3"), coming.Place.Group, "jzz", false, null, default);
        var hit = await Stores.Setup.CloseAsync(Of(), Clerk, default);
        Assert.That(hit.Select(b => b.Number), Is.EquivalentTo([coming.Number, waiting.Number]));
        Assert.That(await AskAsync<string>("select string_agg(status, ' ' order by openid) from booking"), Is.EqualTo("displaced displaced"));
        Assert.That(await AskAsync<long>($"select count(*) from job where kind = '{IVisits.ClosedJobKind}'"), Is.EqualTo(1), "who had no booking is told, too");
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.That(await Stores.Care.MarkMissedAsync(default), Is.Zero);
        Assert.That(await TakenAsync(coming.Place), Is.Zero);
    }

    [Test]
    public async Task A_service_that_counters_do_not_give_any_more_displaces_its_citizens_and_leaves_the_others()
    {
        var (gone, kept) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:00"), 2, "sfz")));
        var group = Stores.Plans.Current.Group(gone.Place.Group)!;
        Assert.That(await Stores.Setup.SaveGroupAsync(group with { Services = ["sfz"] }, Clerk, default), Is.EqualTo(SetupSaved.Saved));
        Assert.That(await Stores.Setup.SaveGroupAsync(group, Clerk, default), Is.EqualTo(SetupSaved.Stale), "somebody else's form");
        Assert.That((await Stores.Setup.UnsolvedAsync(["center"], default)).Select(b => b.Number), Is.EqualTo([gone.Number]));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 3), default), Is.InstanceOf<BookingResult.NotOffered>());
        await Stores.LoadAsync();
        Assert.That(await Stores.Setup.SaveServiceAsync(Stores.Plans.Current.Service("sfz")! with { Active = false }, Clerk, default), Is.EqualTo(SetupSaved.Saved));
        Assert.That((await Stores.Bookings.FindAsync(kept.Number, default))!.Status, Is.EqualTo(BookingStatus.Displaced));
        Assert.That(await TakenAsync(gone.Place), Is.Zero);
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
