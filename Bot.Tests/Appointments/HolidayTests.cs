using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Bot.Handlers.Appointments;
using Bot.Handlers.Jobs;
using NUnit.Framework;
using Npgsql;

namespace Bot.Tests.Appointments;

/// <summary>Holidays close what is booked, wherever they come from.</summary>
public sealed class HolidayTests : HallFixture
{
    [Test]
    public async Task A_holiday_that_another_host_imported_is_not_sold_by_this_one()
    {
        var deaf = new HallStores(Other, Clock);
        await deaf.LoadAsync();
        try
        {
            await Stores.Setup.ImportHolidaysAsync([new(Tomorrow, false, "临时放假")], Clerk, default);
            Assert.That(await deaf.Bookings.BookAsync(Wish(At("09:00"), 1), default), Is.InstanceOf<BookingResult.SlotFull>());
        }
        finally
        {
            await ExecuteAsync("truncate calendar_day");
        }
    }

    [Test]
    public async Task Holidays_close_what_is_booked_with_their_import_or_not_at_all()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        await ExecuteAsync("alter table slot add constraint never check (capacity > 0)");
        try
        {
            Assert.That(() => Stores.Setup.ImportHolidaysAsync([new(Tomorrow, false, "临时放假")], Clerk, default), Throws.InstanceOf<PostgresException>());
            Assert.That(await AskAsync<long>("select count(*) from calendar_day"), Is.Zero);
            await ExecuteAsync("alter table slot drop constraint never");
            Assert.That((await Stores.Setup.ImportHolidaysAsync([new(Tomorrow, false, "临时放假")], Clerk, default)).Select(b => b.Number), Is.EqualTo([booking.Number]));
            Assert.That(Stores.Calendar.Current.IsWorkingDay(Tomorrow), Is.False);
        }
        finally
        {
            await ExecuteAsync("alter table slot drop constraint if exists never; truncate calendar_day");
        }
    }

    [Test]
    public async Task Holidays_that_a_release_brings_displace_whoever_the_release_before_booked()
    {
        var (booking, kept) = (await BookedAsync(Wish(At("09:00"), 1)), await BookedAsync(Wish(At("09:00", day: 2), 2)));
        var now = Clock.GetUtcNow();
        RefitJob job = new(Stores.Setup, Clock);
        try
        {
            await ExecuteAsync($"insert into calendar_day (day, kind, name) values ('{Tomorrow:yyyy-MM-dd}', 'holiday', '元旦')");
            var (mine, afterwards) = RefitJob.OfRelease(now) is [var a, var b] ? (a, b) : throw new AssertionException("two");
            Assert.That(await job.RunAsync(Of(mine with { Key = "of another release" }), default), Is.EqualTo(new JobOutcome.Again(now.AddMinutes(1))), "left for a host that knows its holidays");
            Assert.That((await Stores.Bookings.FindAsync(booking.Number, default))!.Status, Is.EqualTo(BookingStatus.Booked));
            Assert.That(await job.RunAsync(Of(mine), default), Is.EqualTo(JobOutcome.Finished));
            Assert.That((await Stores.Bookings.FindAsync(booking.Number, default))!.Status, Is.EqualTo(BookingStatus.Displaced));
            Assert.That((await Stores.Bookings.FindAsync(kept.Number, default))!.Status, Is.EqualTo(BookingStatus.Booked));
            var version = await AskAsync<int>("select max(version) from counter_group");
            await job.RunAsync(Of(afterwards), default);
            Assert.That(await AskAsync<int>("select max(version) from counter_group"), Is.EqualTo(version), "what fits is left alone");
            Clock.Advance(TimeSpan.FromDays(1));
            Assert.That(await job.RunAsync(Of(mine with { Key = "of a release taken back" }), default), Is.EqualTo(JobOutcome.Finished));
        }
        finally
        {
            await ExecuteAsync("truncate calendar_day");
        }

        static Job Of(NewJob job) => new(1, job.Kind, job.Key, job.Data, 1, default);
    }
}
