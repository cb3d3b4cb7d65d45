using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Appointments;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

public sealed class BookingTests : HallFixture
{
    private static Task<BookingResult> Book(HallStores stores, NewBooking wish) => stores.Bookings.BookAsync(wish, default);

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
    public async Task Who_is_booked_can_be_told_by_hall_day_and_service()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:30"), 2, "sfz"));
        BookedCitizens booked = new(Stores.Desk, Stores.Plans);
        Assert.That((await booked.ChoicesAsync(default)).Select(c => (c.Value, c.Label, c.Count)), Is.EqualTo(new (string, string, int?)[]
        {
            ("center/2026-11-24", "市民中心 11月24日 全部事项", 2), ("center/2026-11-24/jzz", "市民中心 11月24日 居住证申领", 1), ("center/2026-11-24/sfz", "市民中心 11月24日 身份证换领", 1),
        }));
        Assert.That(await Members("center/2026-11-24"), Is.EqualTo(["o1", "o2"]));
        Assert.That(await Members("center/2026-11-24/sfz"), Is.EqualTo(["o2"]));
        Assert.That(() => Members("center/tomorrow"), Throws.InstanceOf<NoticeGroupException>());

        async Task<List<string>> Members(string choice)
        {
            List<string> all = [];
            await foreach (var citizen in booked.MembersAsync(choice, default))
                all.Add(citizen.Value);
            return all;
        }
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
    public async Task Nothing_can_be_had_outside_the_hours_in_the_past_or_at_the_last_minute()
    {
        foreach (var place in (Place[])[At("10:00"), At("09:15"), At("09:00", day: 0), At("09:30", day: 0), At("09:00", day: 6)])
        {
            Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o1"), place, false, default), Is.EqualTo(HoldResult.Gone), place.ToString());
            Assert.That(await Book(Stores, Wish(place, 1)), Is.Not.InstanceOf<BookingResult.Booked>(), place.ToString());
        }
    }

    [Test]
    public async Task Nobody_books_or_holds_further_ahead_than_the_rules_say()
    {
        await ExecuteAsync("update booking_rules set days_ahead = 3");
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o1"), At("09:00", day: 4), false, default), Is.EqualTo(HoldResult.Gone));
        Assert.That(await Book(Stores, Wish(At("09:00", day: 4), 1)), Is.InstanceOf<BookingResult.TooFar>());
        var booked = await BookedAsync(Wish(At("09:00", day: 3), 1));
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), booked.Citizen, booked.Number, At("09:00", day: 4), default), Is.InstanceOf<BookingResult.TooFar>());
        await ExecuteAsync("update booking_rules set days_ahead = 14");
    }

    [Test]
    public async Task What_the_desk_does_for_a_citizen_is_in_the_audit_log_and_what_citizens_do_is_not()
    {
        var (booking, group) = (await BookedAsync(Wish(At("09:00"), 1)), At("09:00").Group);
        Clock.SetUtcNow(booking.Place.StartsAt);
        var before = await AskAsync<long>("select coalesce(max(id), 0) from audit_entry");
        await Stores.Visits.WalkInAsync(new("o2"), group, "jzz", false, null, default);
        Assert.That(await AskAsync<long>("select coalesce(max(id), 0) from audit_entry"), Is.EqualTo(before));
        await Stores.Visits.CheckInAsync(booking.Number, Clerk, default);
        await Stores.Visits.WalkInAsync(null, group, "jzz", false, Clerk, default);
        Assert.That(await AskAsync<string>($"select string_agg(act, ' ' order by id) from audit_entry where id > {before}"), Is.EqualTo("visit.check_in visit.walk_in"));
    }

    [Test]
    public async Task The_rules_hold_for_a_person_whichever_phone_is_used()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await Book(Stores, Wish(At("09:30"), 1, "sfz", new("another"))), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await Book(Stores, Wish(At("09:30"), 1, "sfz")), Is.EqualTo(new BookingResult.DayLimit(1)));
        Assert.That(await Book(Stores, Wish(At("09:00", day: 2), 1)), Is.EqualTo(new BookingResult.SameService()));
        await BookedAsync(Wish(At("09:00", day: 2), 1, "sfz"));
        await ExecuteAsync("update booking_rules set one_per_service = false");
        Assert.That(await Book(Stores, Wish(At("09:00", day: 3), 1)), Is.EqualTo(new BookingResult.WeekLimit(2)));
        Assert.That(await Book(Stores, Wish(At("09:00", day: 7), 1)), Is.InstanceOf<BookingResult.Booked>(), "the week after");
    }

    [Test]
    public async Task What_was_cancelled_counts_no_more_and_frees_its_place()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await Stores.Bookings.CancelAsync(new("someone"), booking.Number, default), Is.InstanceOf<BookingResult.NotFound>());
        Assert.That(await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That(await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default), Is.InstanceOf<BookingResult.NotFound>());
        Assert.That(await TakenAsync(booking.Place), Is.EqualTo(0));
        await BookedAsync(Wish(At("09:00"), 1));
    }

    [Test]
    public async Task A_change_gets_the_new_place_before_the_old_is_given_up()
    {
        var (old, wanted) = (await BookedAsync(Wish(At("09:00"), 1)), At("09:00", "east", 2));
        await BookedAsync(Wish(wanted, 2));
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), old.Citizen, old.Number, wanted, default), Is.InstanceOf<BookingResult.SlotFull>());
        Assert.That(await TakenAsync(old.Place), Is.EqualTo(1));
        var moved = await Stores.Bookings.MoveAsync(Guid.NewGuid(), old.Citizen, old.Number, At("09:30", "east", 2), default);
        Assert.That(((BookingResult.Booked)moved).Booking, Is.EqualTo(old with { Place = At("09:30", "east", 2), Moves = 1 }));
        Assert.That((await TakenAsync(old.Place), await TakenAsync(At("09:30", "east", 2))), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Too_late_is_too_late_in_the_database_too()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-119));
        Assert.That(await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default), Is.EqualTo(new BookingResult.TooLate(120, ToChange: true)));
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), booking.Citizen, booking.Number, At("09:00", day: 3), default), Is.EqualTo(new BookingResult.TooLate(120, ToChange: true)));
    }

    [Test]
    public async Task Who_did_not_come_twice_cannot_book_until_an_appeal_is_granted()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false");
        var first = await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:00", day: 2), 1));
        Clock.SetUtcNow(At("09:00", day: 3).StartsAt.AddHours(2));
        Assert.That(await Stores.Care.MarkMissedAsync(default), Is.EqualTo(2));
        Assert.That(await Stores.Care.MarkMissedAsync(default), Is.EqualTo(0));
        Assert.That(await Book(Stores, Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());

        var ban = (await Stores.Care.BanOfAsync(first.Citizen, default))!;
        Assert.That(await Stores.Care.BanOfAsync(new("another"), default), Is.Null);
        List<(string To, string Key)> told = [];
        Task<bool> Answer(bool lift) => Stores.Care.AnswerAsync(ban.Id, lift, "答复", Clerk, (to, appealed) =>
        {
            var answer = BookingMessages.AppealAnswer(ban, to, appealed, lift, "答复", Clock.GetUtcNow());
            told.Add((to.Value, answer.Key));
            return answer;
        }, default);
        Assert.That(await Stores.Care.AppealAsync(first.Citizen, ban.Id, "当天住院", default), Is.True);
        Assert.That((await Stores.Care.BansAsync(default)).Single().Appeal, Is.EqualTo("当天住院"));
        Assert.That((await Answer(lift: false), await Answer(lift: false)), Is.EqualTo((true, false)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Stores.Care.AppealAsync(new("another"), ban.Id, "有住院证明", default), Is.True, "from another phone");
        Assert.That(await Answer(lift: true), Is.True);
        Assert.That(told.Select(t => t.To), Is.EqualTo([first.Citizen.Value, "another"]));
        Assert.That(told.Select(t => t.Key), Is.Unique, "the second answer is told, too");
        Assert.That(await Book(Stores, Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Booked>());
    }

    [Test]
    public async Task Nobody_is_a_no_show_while_they_may_still_check_in()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(30));
        Assert.That(await Stores.Care.MissAsync(booking.Number, Clerk, default), Is.False);
        Assert.That(await Stores.Bookings.MissedAsync(booking.Citizen, default), Is.Null);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await Stores.Care.MissAsync(booking.Number, Clerk, default), Is.True);
        Assert.That((await Stores.Bookings.MissedAsync(booking.Citizen, default))!.Number, Is.EqualTo(booking.Number));
    }

    [Test]
    public async Task Staff_move_cancel_and_forgive_with_a_reason_and_the_citizen_is_told()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1");
        static NewCitizenMessage Told(Booking b) => new() { Key = $"{b.Number}:{b.Status}:{b.Moves}", To = b.Citizen, Words = "工作人员" };
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-10));
        var moved = await Stores.Acts.MoveAsync(booking.Number, At("09:30", day: 2), "市民来电", Clerk, (_, b) => Told(b), default);
        Assert.That(moved, Is.InstanceOf<BookingResult.Booked>(), "though it is too late for the citizen");
        Clock.SetUtcNow(At("09:30", day: 2).StartsAt.AddHours(2));
        await Stores.Care.MarkMissedAsync(default);
        Assert.That(await Book(Stores, Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());
        Assert.That((await Stores.Acts.ForgiveAsync(booking.Number, "当天住院", Clerk, Told, default), await Stores.Acts.ForgiveAsync(booking.Number, "当天住院", Clerk, Told, default)), Is.EqualTo((true, false)));
        var next = await BookedAsync(Wish(At("09:00", day: 8), 1));
        Assert.That((await Stores.Acts.CancelAsync(next.Number, "窗口有会", Clerk, Told, default), await Stores.Acts.CancelAsync(next.Number, "窗口有会", Clerk, Told, default)), Is.EqualTo((true, false)));
        Assert.That((await TakenAsync(next.Place), await TakenAsync(At("09:30", day: 2))), Is.EqualTo((0, 0)));
        Assert.That(await AskAsync<long>("select count(*) from citizen_message where words = '工作人员'"), Is.EqualTo(3));
        Assert.That(await AskAsync<string>("select string_agg(act || ' ' || (details->>'reason'), ',' order by id) from (select * from audit_entry order by id desc limit 3) a"),
            Is.EqualTo("booking.move 市民来电,booking.forgive 当天住院,booking.cancel 窗口有会"));
    }

    [Test]
    public async Task A_ban_closes_new_bookings_but_not_the_move_of_one_that_was_closed()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false, no_shows = 1");
        await BookedAsync(Wish(At("09:00"), 1));
        var later = await BookedAsync(Wish(At("09:00", day: 2), 1));
        Clock.SetUtcNow(At("09:00").StartsAt.AddHours(2));
        await Stores.Care.MarkMissedAsync(default);
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), later.Citizen, later.Number, At("09:30", day: 3), default), Is.InstanceOf<BookingResult.Booked>());
        Assert.That(await Book(Stores, Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());
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
    public async Task An_account_has_no_more_open_than_the_rules_give_whoever_it_is_for_and_by_whatever_way()
    {
        await ExecuteAsync("update booking_rules set per_account = 2, waits_per_account = 1");
        await Stores.LoadAsync();
        OpenId me = new("me");
        var full = await BookedAsync(Wish(At("09:00", "east"), 1));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(full.Place, 2, citizen: me), default)).Status, Is.EqualTo(WaitingStatus.Waiting));
        await BookedAsync(Wish(At("09:30", "east"), 3));
        Assert.That(await Stores.Waitlist.WaitAsync(Wish(At("09:30", "east"), 4, citizen: me), default), Is.EqualTo(new Waiting(WaitingStatus.TooMany, 1)));

        var results = await Task.WhenAll(Enumerable.Range(5, 3).Select(i => Book(Stores, Wish(At("09:00", day: i - 3), i, citizen: i == 7 ? null : me))));
        Assert.That(results, Has.All.InstanceOf<BookingResult.Booked>());
        var wish = Wish(At("09:30", day: 2), 8, citizen: me);
        Assert.That(await Book(Stores, wish), Is.EqualTo(new BookingResult.AccountLimit(2, Waits: false)));
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
        Assert.That(await Book(Stores, Wish(At("09:30", day: 2), 1, citizen: new("curious"))), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await LookAsync(4), Is.Null);
        Assert.That(await LookAsync(5), Is.EqualTo(new BookingResult.PeopleLimit()));
        Assert.That(await LookAsync(4), Is.Null, "who was asked for is not counted twice");
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await LookAsync(5), Is.Null);

        Task<BookingResult?> LookAsync(int person, string citizen = "curious") =>
            Stores.Limits.LookAsync(Wish(At("09:30", day: 4), person, citizen: new(citizen)), waits: false, default);
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
    public async Task Each_is_reminded_once_a_stage()
    {
        var booking = await BookedAsync(Wish(At("09:00", day: 2), 1));
        Task<int> Remind(ReminderStage stage) => Stores.Care.RemindAsync(stage, b => (new() { Key = $"{b.Number}:{b.Moves}:{stage}", To = b.Citizen, Words = "提醒" }, []), default);
        Assert.That(await Remind(ReminderStage.DayBefore), Is.EqualTo(0));
        Clock.SetUtcNow(booking.Place.StartsAt.AddDays(-1).AddHours(1));
        Assert.That((await Remind(ReminderStage.DayBefore), await Remind(ReminderStage.DayBefore), await Remind(ReminderStage.Soon)), Is.EqualTo((1, 0, 0)));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-150));
        Assert.That((await Remind(ReminderStage.Soon), await Remind(ReminderStage.Soon)), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Who_moves_a_booking_knows_when_it_is()
    {
        var (moved, other) = (await BookedAsync(Wish(At("09:00", day: 2), 1)), await BookedAsync(Wish(At("09:00", day: 2), 2)));
        Task<int> Remind(ReminderStage stage) => Stores.Care.RemindAsync(stage, b => (new() { Key = $"{b.Number}:{b.Moves}:{stage}", To = b.Citizen, Words = "提醒" }, [$"book.assure {b.Number}"]), default);
        Clock.SetUtcNow(At("15:00").StartsAt);
        await Stores.Bookings.MoveAsync(Guid.NewGuid(), moved.Citizen, moved.Number, At("09:30", day: 2), default);
        Assert.That(await Remind(ReminderStage.DayBefore), Is.EqualTo(1), "the other one");
        Assert.That(await AskAsync<string>("select string_agg(openid, ',') from citizen_message"), Is.EqualTo(other.Citizen.Value));
        Assert.That(await AskAsync<long>($"select count(*) from job where kind in ('{ICitizenMessages.JobKind}', '{IPrompts.JobKind}')"), Is.EqualTo(2));
        Clock.SetUtcNow(At("09:30", day: 2).StartsAt.AddMinutes(-120));
        Assert.That(await Remind(ReminderStage.Soon), Is.EqualTo(2));
    }

    [Test]
    public async Task Personal_fields_are_sealed_and_open_for_their_own_row_only()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await Stores.Bookings.VisitorAsync(booking, default), Is.EqualTo(Person(1)));
        Assert.That(await AskAsync<string>("select encode(id_number, 'escape') || encode(phone, 'escape') || encode(name, 'escape') from booking"),
            Does.Not.Contain("13800138000").And.Not.Contain(Person(1).IdNumber));
        Assert.That(await Stores.Desk.RevealAsync(booking.Number, "核对证件", Clerk, default), Is.EqualTo(Person(1)));
        Assert.That(await AskAsync<string>("select act || (details->>'reason') from audit_entry order by id desc limit 1"), Is.EqualTo("booking.reveal核对证件"));
    }

    [Test]
    public async Task The_desk_finds_by_number_id_or_phone_and_by_day()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:00", day: 2), 2));
        async Task<int> Found(string words, string hall = "center") => (await Stores.Desk.SearchAsync(words, [hall], 50, default)).Count;
        Assert.That((await Found(booking.Number.ToLowerInvariant()), await Found(Person(1).IdNumber), await Found("13800138000"), await Found("13900000000"),
            await Found(booking.Number, "east")), Is.EqualTo((1, 1, 2, 0, 0)));
        Assert.That((await Stores.Desk.RosterAsync("center", Tomorrow, 50, default)).Select(b => b.Number), Is.EqualTo([booking.Number]));
    }
}
