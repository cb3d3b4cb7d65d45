using Bot.Data.Appointments;
using Bot.Data.Messages;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

public sealed class VisitTests : HallFixture
{
    private static NewCitizenMessage Words(Visit visit) => new() { Key = $"{visit.Id}:{visit.Status}:{visit.Calls}", To = visit.Citizen ?? new("paper"), Words = "请到窗口" };

    private Task<Visit?> CallAsync(string counter = "1") => Stores.Counters.CallNextAsync(At("09:00").Group, counter, Clerk, Words, default);

    private Task<Visit?> StepAsync(Visit visit, VisitStep step) => Stores.Counters.StepAsync(visit.Id, step, Clerk, Words, default);

    [Test]
    public async Task Checks_in_within_the_window_once()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-61));
        Assert.That(await Stores.Visits.CheckInAsync(booking.Number, null, default), Is.EqualTo(new CheckInResult.TooEarly(booking.Place.StartsAt.AddMinutes(-60))));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-60));
        var first = (CheckInResult.In)await Stores.Visits.CheckInAsync(booking.Number, null, default);
        var again = (CheckInResult.In)await Stores.Visits.CheckInAsync(booking.Number, null, default);
        Assert.That((first.Place.Visit.Ticket, first.Again, again.Place.Visit.Ticket, again.Again), Is.EqualTo(("A001", false, "A001", true)));
    }

    [Test]
    public async Task A_latecomer_takes_a_number_like_anybody_else_but_the_desk_may_let_in()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(31));
        Assert.That(await Stores.Visits.CheckInAsync(booking.Number, null, default), Is.InstanceOf<CheckInResult.TooLate>());
        Assert.That(await Stores.Visits.CheckInAsync(booking.Number, Clerk, default), Is.InstanceOf<CheckInResult.In>());
        Assert.That(await Stores.Visits.CheckInAsync("YY20261124-9999-9", Clerk, default), Is.InstanceOf<CheckInResult.NotFound>());
    }

    [Test]
    public async Task One_queue_for_bookings_and_walk_ins_and_priority_goes_first()
    {
        var group = At("09:00").Group;
        var walkIn = await Stores.Visits.WalkInAsync(new("o1"), group, "jzz", false, null, default);
        Assert.That((await Stores.Visits.WalkInAsync(new("o1"), group, "jzz", false, null, default)).Visit.Ticket, Is.EqualTo(walkIn.Visit.Ticket), "the same citizen keeps the number");
        Assert.That((await Stores.Visits.WalkInAsync(null, group, "sfz", false, null, default)).Ahead, Is.EqualTo(1));
        Assert.That((await Stores.Visits.WalkInAsync(null, group, "sfz", true, null, default)).Ahead, Is.EqualTo(0));
        Assert.That(((await CallAsync())!.Ticket, (await CallAsync("2"))!.Ticket), Is.EqualTo(("A003", "A001")));
        Assert.That(await CallAsync("2"), Is.Null, "that counter has somebody");
        Assert.That(await CallAsync("9"), Is.Null, "there is no such counter");
    }

    [Test]
    public async Task A_visit_goes_its_way_and_is_rated_once()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt);
        await Stores.Visits.CheckInAsync(booking.Number, null, default);
        var visit = (await CallAsync())!;
        Assert.That((await StepAsync(visit, VisitStep.Recall))!.Calls, Is.EqualTo(2));
        Assert.That(await Stores.Visits.RateAsync(booking.Citizen, visit.Id, 5, default), Is.EqualTo(RateResult.NotFound), "not over yet");
        Assert.That((await StepAsync(visit, VisitStep.Start))!.Status, Is.EqualTo(VisitStatus.Serving));
        Assert.That(await StepAsync(visit, VisitStep.Miss), Is.Null, "who is served has come");
        Assert.That((await StepAsync(visit, VisitStep.Finish))!.Status, Is.EqualTo(VisitStatus.Served));
        Assert.That(await AskAsync<string>("select status from booking"), Is.EqualTo("served"));
        Assert.That(await Stores.Visits.RateAsync(new("someone"), visit.Id, 1, default), Is.EqualTo(RateResult.NotFound));
        Assert.That(await Stores.Visits.RateAsync(booking.Citizen, visit.Id, 2, default), Is.EqualTo(RateResult.Rated));
        Assert.That(await Stores.Visits.RateAsync(booking.Citizen, visit.Id, 5, default), Is.EqualTo(RateResult.Already));
        Assert.That((await Stores.Care.BadRatingsAsync(default)).Single().Level, Is.EqualTo(2));
        Assert.That(await Stores.Care.FollowUpAsync(visit.Id, "已致歉", Clerk, null, default), Is.True);
        Assert.That(await Stores.Care.BadRatingsAsync(default), Is.Empty);
    }

    [Test]
    public async Task What_was_finished_by_a_slip_goes_on_while_its_counter_is_free_and_nobody_rated_it()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt);
        await Stores.Visits.CheckInAsync(booking.Number, null, default);
        var visit = (await CallAsync())!;
        await StepAsync(visit, VisitStep.Finish);
        Assert.That((await StepAsync(visit, VisitStep.Resume))!.Status, Is.EqualTo(VisitStatus.Serving));
        Assert.That(await AskAsync<string>("select status from booking"), Is.EqualTo("arrived"));
        Assert.That(await StepAsync(visit, VisitStep.Resume), Is.Null, "once");

        await StepAsync(visit, VisitStep.Finish);
        await Stores.Visits.WalkInAsync(new("o2"), visit.Group, "sfz", false, null, default);
        var next = (await CallAsync())!;
        Assert.That(await StepAsync(visit, VisitStep.Resume), Is.Null, "the next one is at the counter");
        await StepAsync(next, VisitStep.Finish);
        await Stores.Visits.RateAsync(next.Citizen!.Value, next.Id, 5, default);
        Assert.That(await StepAsync(next, VisitStep.Resume), Is.Null, "rated");
        Clock.Advance(ICounters.TakenBackWithin);
        Assert.That(await StepAsync(visit, VisitStep.Resume), Is.Null, "too late");
        Assert.That(await AskAsync<long>("select count(*) from audit_entry where act = 'visit.resume'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_missed_call_is_a_no_show_until_the_citizen_comes_to_the_desk()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1");
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt);
        await Stores.Visits.CheckInAsync(booking.Number, null, default);
        var visit = (await CallAsync())!;
        await StepAsync(visit, VisitStep.Miss);
        Assert.That(await StateAsync(), Is.EqualTo("missed 1"));
        Assert.That((await Stores.Visits.MineAsync(booking.Citizen, "center", default))!.Visit.Status, Is.EqualTo(VisitStatus.Missed));
        await StepAsync(visit, VisitStep.Requeue);
        Assert.That(await StateAsync(), Is.EqualTo("arrived 0"));
    }

    [Test]
    public async Task Who_comes_too_late_and_takes_a_number_or_is_seen_by_the_desk_is_no_no_show()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1");
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(31));
        Assert.That(await Stores.Visits.ComeLateAsync(new("another"), booking.Number, default), Is.Null);
        Assert.That((await Stores.Visits.ComeLateAsync(booking.Citizen, booking.Number, default))!.Visit.Booking, Is.EqualTo(booking.Number));
        Clock.Advance(TimeSpan.FromHours(1));
        await Stores.Care.MarkMissedAsync(default);
        Assert.That(await StateAsync(), Is.EqualTo("arrived 0"));

        await ExecuteAsync("delete from visit; update booking set status = 'booked'");
        await Stores.Care.MarkMissedAsync(default);
        Assert.That(await StateAsync(), Is.EqualTo("missed 1"));
        Assert.That(await Stores.Visits.CheckInAsync(booking.Number, Clerk, default), Is.InstanceOf<CheckInResult.In>());
        Assert.That(await StateAsync(), Is.EqualTo("arrived 0"));
    }

    private Task<string?> StateAsync() => AskAsync<string>("select (select status from booking) || ' ' || (select count(*) from booking_ban)");

    [Test]
    public async Task The_wait_is_what_those_before_take_the_open_counters()
    {
        var group = At("09:00").Group;
        await Stores.Visits.WalkInAsync(null, group, "jzz", false, null, default);
        await Stores.Visits.WalkInAsync(null, group, "sfz", false, null, default);
        await CallAsync();
        var place = await Stores.Visits.WalkInAsync(null, group, "sfz", false, null, default);
        Assert.That((place.Ahead, place.Minutes), Is.EqualTo((1, 18)), "ten, and half of fifteen");
    }

    [Test]
    public async Task Who_missed_the_call_comes_back_before_the_others()
    {
        var group = At("09:00").Group;
        await Stores.Visits.WalkInAsync(new("o1"), group, "jzz", false, null, default);
        await Stores.Visits.WalkInAsync(new("o2"), group, "jzz", false, null, default);
        var first = (await CallAsync())!;
        await StepAsync(first, VisitStep.Miss);
        Assert.That((await StepAsync(first, VisitStep.Requeue))!.Status, Is.EqualTo(VisitStatus.Waiting));
        Assert.That((await CallAsync())!.Id, Is.EqualTo(first.Id));
        Assert.That((await Stores.Visits.TodayAsync("center", default)).Select(v => v.Ticket), Is.EqualTo(new[] { "A001", "A002" }));
    }
}
