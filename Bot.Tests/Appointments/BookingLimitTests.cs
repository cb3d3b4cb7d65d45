using Bot.Data.Appointments;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>How much a person may book, an account ask for, and a stranger learn.</summary>
public sealed class BookingLimitTests : HallFixture
{
    [Test]
    public async Task The_rules_hold_for_a_person_whichever_phone_is_used()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await BookAsync(Wish(At("09:30"), 1, "sfz", new("another"))), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await BookAsync(Wish(At("09:30"), 1, "sfz")), Is.EqualTo(new BookingResult.DayLimit(1)));
        Assert.That(await BookAsync(Wish(At("09:00", day: 2), 1)), Is.EqualTo(new BookingResult.SameService()));
        await BookedAsync(Wish(At("09:00", day: 2), 1, "sfz"));
        await ExecuteAsync("update booking_rules set one_per_service = false");
        Assert.That(await BookAsync(Wish(At("09:00", day: 3), 1)), Is.EqualTo(new BookingResult.WeekLimit(2)));
        Assert.That(await BookAsync(Wish(At("09:00", day: 7), 1)), Is.InstanceOf<BookingResult.Booked>(), "the week after");
    }

    [Test]
    public async Task An_account_has_no_more_open_than_the_rules_give_whoever_it_is_for_and_by_whatever_way()
    {
        await ExecuteAsync("update booking_rules set per_account = 2, waits_per_account = 1");
        await Stores.LoadAsync();
        OpenId me = new("me");
        var full = await BookedAsync(Wish(At("09:00", "east"), 1));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(full.Place, 2, citizen: me), default)).Status, Is.EqualTo(WaitingStatus.Waiting));
        await BookedAsync(Wish(At("09:30", "east"), 3));
        Assert.That(await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 4, citizen: me), default), Is.EqualTo(new Waiting(WaitingStatus.TooMany, 1)));

        var results = await Task.WhenAll(Enumerable.Range(5, 3).Select(i => BookAsync(Wish(At("09:00", day: i - 3), i, citizen: i == 7 ? null : me))));
        Assert.That(results, Has.All.InstanceOf<BookingResult.Booked>());
        var wish = Wish(At("09:30", day: 2), 8, citizen: me);
        Assert.That(await BookAsync(wish), Is.EqualTo(new BookingResult.AccountLimit(2, Waits: false)));
        Assert.That(await TakenAsync(wish.Place), Is.Zero);
        await Stores.Bookings.CancelAsync(full.Citizen, full.Number, default);
        await Stores.Waitlist.OfferAsync(full.Place, o => new() { Key = "w", To = o.Citizen, Words = "有位" }, _ => throw new AssertionException("offered"), default);
        var entry = (await Stores.Waitlist.OpenAsync(me, default)).Single();
        Assert.That(await Stores.Waitlist.TakeAsync(me, entry.Id, null, default), Is.EqualTo(new BookingResult.AccountLimit(2, Waits: false)));
        var mine = (await Stores.Bookings.OpenAsync(me, default))[0];
        await Stores.Bookings.CancelAsync(me, mine.Number, default);
        Assert.That(await Stores.Waitlist.TakeAsync(me, entry.Id, null, default), Is.InstanceOf<BookingResult.Booked>());
    }

    [Test]
    public async Task What_the_rules_will_say_is_told_before_all_is_filled_in()
    {
        OpenId me = new("o1");
        Assert.That(await LookAsync(1), Is.Null);
        await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await LookAsync(1), Is.EqualTo(new BookingResult.SameService()));
        Assert.That(await LookAsync(1, citizen: "another"), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await LookAsync(1, "sfz"), Is.EqualTo(new BookingResult.DayLimit(1)));
        await ExecuteAsync("update booking_rules set per_account = 1");
        await Stores.LoadAsync();
        Assert.That(await LookAsync(2, citizen: "o1"), Is.EqualTo(new BookingResult.AccountLimit(1, Waits: false)), "whoever it is for");
        await ExecuteAsync("update booking_rules set per_account = 8, waits_per_account = 1");
        await Stores.LoadAsync();
        await BookedAsync(Wish(At("09:00"), 2));
        await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 3, citizen: me), default);
        Assert.That(await Stores.Limits.LookAsync(Wish(At("09:00"), 4, citizen: me), waits: true, default), Is.EqualTo(new BookingResult.AccountLimit(1, Waits: true)));
        await ExecuteAsync("update booking_rules set waits_per_account = 3");

        Task<BookingResult?> LookAsync(int person, string service = "jzz", string? citizen = null) =>
            Stores.Limits.LookAsync(Wish(At("09:30"), person, service, citizen is null ? null : new(citizen)), waits: false, default);
    }

    [Test]
    public async Task Whoever_tries_numbers_learns_of_nobody()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1, people_per_day = 3");
        await Stores.LoadAsync();
        await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:00"), 2));
        Clock.SetUtcNow(At("09:00").StartsAt.AddHours(2));
        await Stores.Care.MarkMissedAsync(default);
        await BookedAsync(Wish(At("09:00", day: 3), 3));
        Assert.That(await LookAsync(1, "o1"), Is.InstanceOf<BookingResult.Banned>());
        Assert.That(await LookAsync(1), Is.EqualTo(new BookingResult.Elsewhere()), "a ban");
        Assert.That(await LookAsync(3), Is.EqualTo(new BookingResult.Elsewhere()), "and a booking sound the same");
        Assert.That(await BookAsync(Wish(At("09:30", day: 2), 1, citizen: new("curious"))), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await LookAsync(4), Is.Null);
        Assert.That(await LookAsync(5), Is.EqualTo(new BookingResult.PeopleLimit()));
        Assert.That(await LookAsync(4), Is.Null, "who was asked for is not counted twice");
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await LookAsync(5), Is.Null);

        Task<BookingResult?> LookAsync(int person, string citizen = "curious") =>
            Stores.Limits.LookAsync(Wish(At("09:30", day: 4), person, citizen: new(citizen)), waits: false, default);
    }
}
