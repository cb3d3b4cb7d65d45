using Bot.Data.Messages;
using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>What happens to bookings by itself: reminders, no-shows and what follows from them.</summary>
public interface IBookingCare
{
    /// <summary>The kind of job that looks every minute; there is one for all hosts.</summary>
    const string JobKind = "booking.care";

    /// <summary>The kind of job that tells of a ban; its key and data are the ban's number.</summary>
    const string BanJobKind = "booking.ban";

    /// <summary>Reminds of bookings whose time has come, each stage once.</summary>
    /// <param name="words">With the commands behind the numbers in them.</param>
    /// <returns>How many were reminded.</returns>
    Task<int> RemindAsync(ReminderStage stage, Func<Booking, (NewCitizenMessage Message, IReadOnlyList<string> Choices)> words, CancellationToken ct);

    /// <summary>Notes who did not come, and bans who did so too often.</summary>
    Task<int> MarkMissedAsync(CancellationToken ct);

    /// <summary>Staff mark one who did not come, once it is too late to check in. False before that, and when it is not waited for any more.</summary>
    Task<bool> MissAsync(string number, StaffMember actor, CancellationToken ct);

    /// <summary>The newest ban, of those that have not run out, of whom the citizen booked for or appealed for; lifted ones too, for their answer. Null for none.</summary>
    Task<Ban?> BanOfAsync(OpenId citizen, CancellationToken ct);

    /// <returns>Null when it was taken back, or its citizen's data was erased.</returns>
    Task<(Ban Ban, Booking Booking)?> BanAsync(long ban, CancellationToken ct);

    /// <summary>The citizen's words to a ban; whoever wrote last is answered. False when it holds no more.</summary>
    Task<bool> AppealAsync(OpenId citizen, long ban, string words, CancellationToken ct);

    Task<IReadOnlyList<Ban>> BansAsync(CancellationToken ct);

    /// <summary>Answers an appeal, or lifts a ban without one; the citizen is told. False when it was answered before, or nobody appealed against a ban that is to stay.</summary>
    /// <param name="words">To whom, and when they appealed.</param>
    Task<bool> AnswerAsync(long ban, bool lift, string answer, StaffMember actor, Func<OpenId, DateTimeOffset?, NewCitizenMessage> words, CancellationToken ct);

    /// <summary>The bad ratings that nobody followed up, the oldest first.</summary>
    Task<IReadOnlyList<BadRating>> BadRatingsAsync(CancellationToken ct);

    /// <param name="words">What the citizen is told of it; null for nothing.</param>
    Task<bool> FollowUpAsync(long visit, string outcome, StaffMember actor, Func<OpenId, NewCitizenMessage>? words, CancellationToken ct);
}

public enum ReminderStage { DayBefore = 1, Soon = 2 }

public sealed record Ban(long Id, string Booking, DateTimeOffset Since, DateTimeOffset Until, string? Appeal, DateTimeOffset? AppealedAt, string? Answer, bool Lifted);

/// <param name="Reachable">The citizen can be written to.</param>
public sealed record BadRating(
    long Visit, string Ticket, string? Booking, string Service, int Level, DateTimeOffset RatedAt, int Group, DateOnly Day, string? Counter, bool Reachable);
