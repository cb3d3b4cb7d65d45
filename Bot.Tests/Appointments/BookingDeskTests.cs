using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Appointments;
using Bot.Handlers.Notices.Groups;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What staff find and do about the bookings of citizens.</summary>
public sealed class BookingDeskTests : HallFixture
{
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
        Assert.That(await BookAsync(Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());
        Assert.That((await Stores.Acts.ForgiveAsync(booking.Number, "当天住院", Clerk, Told, default), await Stores.Acts.ForgiveAsync(booking.Number, "当天住院", Clerk, Told, default)), Is.EqualTo((true, false)));
        var next = await BookedAsync(Wish(At("09:00", day: 8), 1));
        Assert.That((await Stores.Acts.CancelAsync(next.Number, "窗口有会", Clerk, Told, default), await Stores.Acts.CancelAsync(next.Number, "窗口有会", Clerk, Told, default)), Is.EqualTo((true, false)));
        Assert.That((await TakenAsync(next.Place), await TakenAsync(At("09:30", day: 2))), Is.EqualTo((0, 0)));
        Assert.That(await AskAsync<long>("select count(*) from citizen_message where words = '工作人员'"), Is.EqualTo(3));
        Assert.That(await AskAsync<string>("select string_agg(act || ' ' || (details->>'reason'), ',' order by id) from (select * from audit_entry order by id desc limit 3) a"),
            Is.EqualTo("booking.move 市民来电,booking.forgive 当天住院,booking.cancel 窗口有会"));
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
}
