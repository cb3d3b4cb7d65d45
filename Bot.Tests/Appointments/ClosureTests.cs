using Bot.Data.Appointments;
using Bot.Host.Endpoints;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>A hall, a counter or an hour is closed: who has to go elsewhere, and what is not sold any more.</summary>
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
    public async Task A_closure_of_the_running_hour_reaches_those_on_their_way_and_those_who_wait()
    {
        var (coming, waiting) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:00"), 2)));
        Clock.SetUtcNow(coming.Place.StartsAt.AddMinutes(5));
        await Stores.Visits.CheckInAsync(waiting.Number, null, default);
        await Stores.Visits.WalkInAsync(new("o3"), coming.Place.Group, "jzz", false, null, default);
        Assert.That((await Stores.Setup.PreviewAsync(Of(), default)).Select(b => b.Number), Is.EquivalentTo([coming.Number, waiting.Number]));
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
    public async Task A_preview_waits_for_nobody_and_a_closure_only_for_the_slots_that_it_closes()
    {
        var (busy, quiet) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:00", day: 2), 2)));
        await using var confirming = await Other.OpenConnectionAsync();
        await using var transaction = await confirming.BeginTransactionAsync();
        await confirming.ExecuteAsync("select from slot where day = @Day for update", new { busy.Place.Day }, transaction);
        Assert.That((await Stores.Setup.PreviewAsync(Of(days: 2), default)).Select(b => b.Number), Is.EqualTo([busy.Number, quiet.Number]));
        Assert.That(await Stores.Setup.CloseAsync(Of() with { FromDay = quiet.Place.Day, ToDay = quiet.Place.Day }, Clerk, default), Has.Count.EqualTo(1));
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
    public async Task Who_books_anew_after_a_closure_is_owed_no_other_place_for_that()
    {
        await ExecuteAsync("update booking_rules set per_week = 9, per_day = 9");
        var (same, other) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:30"), 1, "sfz")));
        await Stores.Setup.CloseAsync(Of(), Clerk, default);
        await ExecuteAsync($"insert into citizen_message (key, openid, words) values ('{same.DisplacedKey}', 'o1', '停办'), ('{other.DisplacedKey}', 'o1', '停办')");
        await Stores.LoadAsync();
        await BookedAsync(Wish(At("09:00", day: 2), 1));
        Assert.That((await Stores.Bookings.FindAsync(same.Number, default))!.Status, Is.EqualTo(BookingStatus.Cancelled));
        Assert.That((await Stores.Setup.UnsolvedAsync(["center"], default)).Select(b => b.Number), Is.EqualTo([other.Number]));
        Assert.That(await AskAsync<string>("select string_agg(status, ' ' order by key) from citizen_message"), Is.EqualTo(
            string.CompareOrdinal(same.DisplacedKey, other.DisplacedKey) < 0 ? "cancelled waiting" : "waiting cancelled"));
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
}
