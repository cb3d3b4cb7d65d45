using Bot.Data.Appointments;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>候补 where one of two places is reserved: who waits for the other one is held up by no hold on the reserved one.</summary>
public sealed class ReservedWaitTests : HallFixture
{
    [SetUp]
    public async Task Reserve()
    {
        await ExecuteAsync("update counter_group set reserved = 1 where branch = 'center'");
        await Stores.LoadAsync();
    }

    [Test]
    public async Task A_place_that_is_freed_is_offered_at_once_though_the_reserved_one_is_held()
    {
        var booked = await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o2"), At("09:00"), true, default), Is.EqualTo(HoldResult.Held));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 3), default)).Status, Is.EqualTo(WaitingStatus.Waiting));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 4), default)).Status, Is.EqualTo(WaitingStatus.Waiting));
        await Stores.Bookings.CancelAsync(booked.Citizen, booked.Number, default);

        List<string> told = [];
        await Stores.Waitlist.OfferAsync(At("09:00"), o =>
        {
            told.Add(o.Citizen.Value);
            return new() { Key = $"w{o.Id}", To = o.Citizen, Words = "有位" };
        }, _ => throw new AssertionException("nobody's time is over"), default);
        Assert.That(told, Is.EqualTo(["o3"]));
    }

    [Test]
    public async Task Nobody_waits_for_a_place_that_can_be_had()
    {
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o2"), At("09:00"), true, default), Is.EqualTo(HoldResult.Held));
        Assert.That((await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 3), default)).Status, Is.EqualTo(WaitingStatus.NotFull));
        await BookedAsync(Wish(At("09:00"), 3));
    }

    [Test]
    public async Task The_day_of_another_accounts_booking_is_not_told()
    {
        await BookedAsync(Wish(At("09:30"), 1));
        var curious = Wish(At("09:00"), 1, "sfz", new("curious"));
        Assert.That(await Stores.Limits.LookAsync(curious, waits: false, default), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await Stores.Bookings.BookAsync(curious, default), Is.EqualTo(new BookingResult.Elsewhere()));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 1, "sfz"), default), Is.EqualTo(new BookingResult.DayLimit(1)), "one's own is");
    }
}
