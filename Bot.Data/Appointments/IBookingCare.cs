using Bot.Data.Messages;
using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>What happens to bookings by itself: reminders, no-shows and what follows from them.</summary>
public interface IBookingCare
{
    /// <summary>The kind of job that looks every minute; there is one for all hosts.</summary>
    const string JobKind = "booking.care";

    /// <summary>Reminds of bookings whose time has come, each stage once.</summary>
    /// <returns>How many were reminded.</returns>
    Task<int> RemindAsync(ReminderStage stage, Func<Booking, NewCitizenMessage> words, CancellationToken ct);

    /// <summary>Notes who did not come, and bans who did so too often.</summary>
    Task<int> MarkMissedAsync(CancellationToken ct);

    /// <summary>Staff mark one who did not come; the slot need not be over. False when it is not waited for any more.</summary>
    Task<bool> MissAsync(string number, StaffMember actor, CancellationToken ct);

    /// <summary>The newest ban that holds of those whom the citizen booked for; null for none.</summary>
    Task<long?> BanOfAsync(OpenId citizen, CancellationToken ct);

    /// <summary>The citizen's words to a ban; whoever wrote last is answered. False when it holds no more.</summary>
    Task<bool> AppealAsync(OpenId citizen, long ban, string words, CancellationToken ct);

    Task<IReadOnlyList<Ban>> BansAsync(CancellationToken ct);

    /// <summary>Answers an appeal, or lifts a ban without one; the citizen is told. False when it was answered before.</summary>
    /// <param name="words">To whom, and when they appealed.</param>
    Task<bool> AnswerAsync(long ban, bool lift, string answer, StaffMember actor, Func<OpenId, DateTimeOffset?, NewCitizenMessage> words, CancellationToken ct);

    /// <summary>The bad ratings that nobody followed up, the oldest first.</summary>
    Task<IReadOnlyList<BadRating>> BadRatingsAsync(CancellationToken ct);

    Task<bool> FollowUpAsync(long visit, string outcome, StaffMember actor, CancellationToken ct);
}

public enum ReminderStage { DayBefore = 1, Soon = 2 }

public sealed record Ban(long Id, string Booking, DateTimeOffset Since, DateTimeOffset Until, string? Appeal, DateTimeOffset? AppealedAt, string? Answer, bool Lifted);

public sealed record BadRating(long Visit, string Ticket, string? Booking, string Service, int Level, DateTimeOffset RatedAt);
