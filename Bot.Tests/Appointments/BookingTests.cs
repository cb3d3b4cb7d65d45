using Bot.Data.Appointments;
using Bot.Data.Messages;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>A booking from its confirmation to its end: changed, cancelled, reminded of, and sealed.</summary>
public sealed class BookingTests : HallFixture
{
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
    public async Task Too_late_is_too_late_in_the_database_too()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        Clock.SetUtcNow(booking.Place.StartsAt.AddMinutes(-119));
        Assert.That(await Stores.Bookings.CancelAsync(booking.Citizen, booking.Number, default), Is.EqualTo(new BookingResult.TooLate(120, ToChange: true)));
        Assert.That(await Stores.Bookings.MoveAsync(Guid.NewGuid(), booking.Citizen, booking.Number, At("09:00", day: 3), default), Is.EqualTo(new BookingResult.TooLate(120, ToChange: true)));
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
}
