using Bot.Data.Appointments;
using Bot.Handlers.Appointments;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Who did not come: when that is so, and what follows.</summary>
public sealed class NoShowTests : HallFixture
{
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
    public async Task Who_did_not_come_twice_cannot_book_until_an_appeal_is_granted()
    {
        await ExecuteAsync("update booking_rules set one_per_service = false");
        var first = await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:00", day: 2), 1));
        Clock.SetUtcNow(At("09:00", day: 3).StartsAt.AddHours(2));
        Assert.That(await Stores.Care.MarkMissedAsync(default), Is.EqualTo(2));
        Assert.That(await Stores.Care.MarkMissedAsync(default), Is.EqualTo(0));
        Assert.That(await BookAsync(Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());

        var ban = (await Stores.Care.BanOfAsync(first.Citizen, default))!;
        Assert.That(await Stores.Care.BanOfAsync(new("another"), default), Is.Null);
        List<(string To, string Key)> told = [];
        Task<bool> Answer(bool lift) => Stores.Care.AnswerAsync(ban.Id, lift, "答复", Clerk, (to, appealed) =>
        {
            var answer = BanMessages.AppealAnswer(ban, to, appealed, lift, "答复", Clock.GetUtcNow());
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
        Assert.That(await BookAsync(Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Booked>());
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
        Assert.That(await BookAsync(Wish(At("09:00", day: 8), 1)), Is.InstanceOf<BookingResult.Banned>());
    }
}
