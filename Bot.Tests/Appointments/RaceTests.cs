using Bot.Data.Appointments;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Many at once, from two hosts, on a real PostgreSQL.</summary>
[NonParallelizable]
public sealed class RaceTests : HallFixture
{
    private HallStores _other = null!;

    [SetUp]
    public async Task MeetTheOtherHost()
    {
        await ExecuteAsync("update counter_group set per_counter = 10");
        await Stores.LoadAsync();
        _other = new(Other, Clock);
        await _other.LoadAsync();
        await Stores.Ciphers.GetAsync(default);
        await _other.Ciphers.GetAsync(default);
    }

    private HallStores Host(int i) => i % 2 == 0 ? Stores : _other;

    [Test]
    public async Task Of_500_for_20_places_20_get_one_and_480_are_told()
    {
        var place = At("09:00");
        var results = await AtOnce.RunAsync(500, i => Host(i).Bookings.BookAsync(Wish(place, i), default));
        Assert.That(results.Count(r => r is BookingResult.Booked), Is.EqualTo(20));
        Assert.That(results.Count(r => r is BookingResult.SlotFull), Is.EqualTo(480));
        Assert.That(await AskAsync<long>("select count(*) from booking"), Is.EqualTo(20));
        Assert.That(await TakenAsync(place), Is.EqualTo(20));
        Assert.That(results.OfType<BookingResult.Booked>().Select(b => b.Booking.Number), Is.Unique);
    }

    [Test]
    public async Task Holds_are_places_too()
    {
        var place = At("09:00");
        var held = await AtOnce.RunAsync(60, i => Host(i).Places.HoldAsync(Guid.NewGuid(), new OpenId($"h{i}"), place, false, default));
        Assert.That(held.Count(h => h is HoldResult.Held), Is.EqualTo(20));
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 1), default), Is.InstanceOf<BookingResult.SlotFull>());
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await Stores.Bookings.BookAsync(Wish(place, 1), default), Is.InstanceOf<BookingResult.Booked>(), "they freed themselves");
    }

    [Test]
    public async Task One_confirmation_sent_many_times_books_once()
    {
        var wish = Wish(At("09:00"), 1);
        var results = await AtOnce.RunAsync(20, i => Host(i).Bookings.BookAsync(wish, default));
        Assert.That(results.Select(r => ((BookingResult.Booked)r).Booking.Number).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await TakenAsync(wish.Place), Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_server_refuses_is_not_the_fault_of_those_who_came_with_it()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false, per_day = 9, per_week = 9");
        await Stores.LoadAsync();
        var again = Wish(At("09:00"), 1);
        var results = await AtOnce.RunAsync(30, i => Stores.Bookings.BookAsync(i % 3 == 0 ? again : Wish(At("09:30"), i + 1), default));
        Assert.That(results.Select(r => ((BookingResult.Booked)r).Booking.Number).Distinct().Count(), Is.EqualTo(21));
        Assert.That((await TakenAsync(again.Place), await TakenAsync(At("09:30"))), Is.EqualTo((1, 20)));
    }

    [Test]
    public async Task One_person_from_many_phones_keeps_to_the_limits()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false");
        // Twelve tries on six days of one week: two a week, one a day.
        var results = await AtOnce.RunAsync(12, i => Host(i).Bookings.BookAsync(Wish(At("09:00", day: 1 + i % 4), 7, citizen: new OpenId($"p{i}")), default));
        Assert.That(results.Count(r => r is BookingResult.Booked), Is.EqualTo(2));
        Assert.That(await AskAsync<long>("select max(n) from (select count(*) n from booking group by day) d"), Is.EqualTo(1));
    }

    [Test]
    public async Task Those_who_change_over_lose_nothing_and_wait_for_nobody()
    {
        await ExecuteAsync("update counter_group set per_counter = 20");
        await Stores.LoadAsync();
        await _other.LoadAsync();
        var (early, late) = (At("09:00"), At("09:30"));
        var booked = new Booking[40];
        for (var i = 0; i < booked.Length; i++)
            booked[i] = await BookedAsync(Wish(i % 2 == 0 ? early : late, i));
        var moved = await AtOnce.RunAsync(40, i => Host(i).Bookings.MoveAsync(Guid.NewGuid(), booked[i].Citizen, booked[i].Number, i % 2 == 0 ? late : early, default));
        Assert.That(moved.Count(m => m is BookingResult.Booked), Is.EqualTo(40));
        Assert.That((await TakenAsync(early), await TakenAsync(late)), Is.EqualTo((20, 20)));
    }

    [Test]
    public async Task A_closure_in_the_middle_of_a_rush_leaves_no_one_in_a_closed_slot()
    {
        var place = At("09:00");
        var closing = Task.Run(async () =>
        {
            await Task.Delay(20);
            return await _other.Setup.CloseAsync(new(0, "center", null, place.Day, place.Day, null, null, null, "设备检修"), Clerk, default);
        });
        var results = await AtOnce.RunAsync(40, i => Host(i).Bookings.BookAsync(Wish(place, i), default));
        var displaced = await closing;
        Assert.That(await AskAsync<long>("select count(*) from booking where status = 'booked'"), Is.EqualTo(0));
        Assert.That(displaced, Has.Count.EqualTo(results.Count(r => r is BookingResult.Booked)));
        Assert.That(await TakenAsync(place), Is.EqualTo(0));
    }

    [Test]
    public async Task Two_counters_never_call_the_same_number()
    {
        var group = At("09:00").Group;
        await ExecuteAsync($"insert into counter (counter_group, name) select {group}, n::text from generate_series(3, 12) n");
        for (var i = 0; i < 10; i++)
            await Stores.Visits.WalkInAsync(null, group, "jzz", false, null, default);
        var called = await AtOnce.RunAsync(12, i => Host(i).Counters.CallNextAsync(group, $"{i + 1}", Clerk, _ => null!, default));
        Assert.That(called.OfType<Visit>().Select(v => v.Ticket).Order(), Is.EqualTo(Enumerable.Range(1, 10).Select(i => $"A{i:000}")));
    }
}
