using System.Globalization;
using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Appointments;

/// <summary>Looks every minute whom to remind and who did not come.</summary>
public sealed class BookingCareJob(IBookingCare care, BookingMessages messages, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    /// <summary>The one there is, for good.</summary>
    public static NewJob Always { get; } = new(IBookingCare.JobKind, "every-minute", "{}", DateTimeOffset.UnixEpoch);

    public string Kind => IBookingCare.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        foreach (var stage in Enum.GetValues<ReminderStage>())
            await care.RemindAsync(stage, booking => messages.Reminder(booking, stage), ct);
        await care.MarkMissedAsync(ct);
        return new JobOutcome.Again(clock.GetUtcNow() + s_every);
    }
}

/// <summary>Offers a slot's freed places to those who wait for it.</summary>
public sealed class WaitlistJob(IWaitlist waitlist, BookingMessages messages) : IJobHandler
{
    public string Kind => IWaitlist.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct) =>
        await waitlist.OfferAsync(Place.Parse(job.Key, null), messages.Offer, messages.WaitOver, ct) is { } next ? new JobOutcome.Again(next) : JobOutcome.Finished;
}

/// <summary>Tells of a ban, unless it was taken back meanwhile.</summary>
public sealed class BanJob(IBookingCare care, BanMessages messages, IPrompts prompts) : IJobHandler
{
    public string Kind => IBookingCare.BanJobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await care.BanAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is ({ Lifted: false } ban, var booking))
            await prompts.AddAsync(messages.Banned(ban, booking), [$"book.appeal-ban {job.Key}"], ct);
        return JobOutcome.Finished;
    }
}

/// <summary>Tells one who waits that the counters closed.</summary>
public sealed class QueueClosedJob(IVisits visits, VisitMessages messages, IPrompts prompts) : IJobHandler
{
    public string Kind => IVisits.ClosedJobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var closed = JsonSerializer.Deserialize<QueueClosed>(job.Data)!;
        if (await visits.FindAsync(closed.Visit, ct) is { Status: VisitStatus.Waiting, Citizen: not null } visit)
            await prompts.AddAsync(messages.QueueClosed(visit, closed.Reason, closed.Resumes), closed.Resumes is null ? ["book"] : [], ct);
        return JobOutcome.Finished;
    }
}

/// <summary>Fits the slots to the holidays that a release brings, where those before it sold them.</summary>
public sealed class RefitJob(IAppointmentSetup setup, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lasts = TimeSpan.FromDays(1);

    // By then no host of the release before sells any more.
    private static readonly TimeSpan s_afterwards = TimeSpan.FromHours(1);

    /// <summary>Those of this release, done whenever a host starts: another one may have been at work since, and what fits already costs one reading.</summary>
    public static IReadOnlyList<NewJob> OfRelease(DateTimeOffset now) => [Of("", now), Of("/afterwards", now + s_afterwards)];

    public string Kind => IAppointmentSetup.RefitJobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (job.Key.StartsWith(WorkingCalendar.Statutory.Digest, StringComparison.Ordinal))
            await setup.RefitAsync(ct);
        // A host of another release knows other holidays. One that was taken back again leaves nobody to do it.
        else if (clock.GetUtcNow() < JsonSerializer.Deserialize<DateTimeOffset>(job.Data) + s_lasts)
            return new JobOutcome.Again(clock.GetUtcNow() + s_again);
        return JobOutcome.Finished;
    }

    private static NewJob Of(string when, DateTimeOffset due) =>
        new(IAppointmentSetup.RefitJobKind, $"{WorkingCalendar.Statutory.Digest}{when}", JsonSerializer.Serialize(due), due);
}

/// <summary>Offers other places to one whose slot was closed.</summary>
public sealed class HealBookingJob(
    IBookings bookings, IAppointmentSetup setup, AppointmentPlans plans, OtherPlaces others, BookingMessages messages, IPrompts prompts) : IJobHandler
{
    private volatile string? _seen;

    public string Kind => IAppointmentSetup.HealJobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var heal = JsonSerializer.Deserialize<HealJob>(job.Data)!;
        if (await bookings.FindAsync(heal.Number, ct) is not { Status: BookingStatus.Displaced } booking || booking.Moves != heal.Moves)
            return JobOutcome.Finished;
        // This host may not have heard of the closure yet, and would offer what it closed. Once is enough for all that one closure hit.
        if (heal.Batch is null || heal.Batch != _seen)
        {
            plans.Replace(await setup.LoadAsync(ct));
            _seen = heal.Batch;
        }

        var places = await others.ForAsync(booking, heal.Nth, null, ct);
        await prompts.AddAsync(messages.Displaced(booking, heal.Reason, places),
            [.. places.Select(p => TakePlace.CommandOf(booking, p)), $"book.move {booking.Number}"], ct);
        return JobOutcome.Finished;
    }
}
