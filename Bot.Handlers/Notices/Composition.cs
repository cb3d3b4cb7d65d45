using Bot.Data.Notices;
using Bot.Handlers.Notices.Groups;

namespace Bot.Handlers.Notices;

/// <summary>What a clerk put together.</summary>
/// <param name="By">The clerk's account.</param>
/// <param name="Department">The clerk's; null for none.</param>
/// <param name="AnyTemplate">Whether the clerk may use templates of other departments.</param>
/// <param name="Fields">For everybody; a file's columns go before them.</param>
/// <param name="Urgent">Before other bulk notices, and in quiet hours too.</param>
public sealed record Composition(
    string By, string? Department, bool AnyTemplate, string Template, IReadOnlyDictionary<string, string> Fields, NoticeTo To, string? Url,
    DateTimeOffset? ScheduledAt, bool Urgent)
{
    /// <summary>What was not handed over by then is not sent any more; null: whenever its turn comes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The draft that this one is written anew from, and replaces.</summary>
    public Notice? Replaces { get; init; }

    /// <summary>Makes a repeated draft the same one.</summary>
    public Idempotency? Once { get; init; }

    /// <summary>Told of each recipient, by number.</summary>
    public Func<int, CancellationToken, Task> Gathered { get; init; } = (_, _) => Task.CompletedTask;
}

/// <summary>Whom it goes to.</summary>
public abstract record NoticeTo
{
    private NoticeTo()
    {
    }

    public sealed record One(string OpenId) : NoticeTo;

    /// <param name="Again">The clerk knows that the same file was used today.</param>
    public sealed record File(string Name, ReadOnlyMemory<byte> Bytes, bool Again) : NoticeTo;

    public sealed record Group(INoticeGroup Of, string Choice) : NoticeTo;

    /// <summary>Those of the draft that is replaced; what is filled in holds for all of them, what is left empty stays as it was.</summary>
    public sealed record Kept : NoticeTo;
}

/// <summary>What became of it.</summary>
public abstract record Composed
{
    private Composed()
    {
    }

    /// <param name="Rejected">Rows that were not taken.</param>
    public sealed record Draft(string Id, int Rejected) : Composed;

    /// <summary>Nothing was made.</summary>
    /// <param name="Problems">By field: template, fields, to, url, scheduledAt, expiresAt.</param>
    public sealed record Refused(IReadOnlyDictionary<string, string> Problems, IReadOnlyList<RejectedRow> Rows) : Composed;

    /// <summary>The same file made a notice today; nothing was made.</summary>
    public sealed record SeenToday(Notice Before) : Composed;

    internal static Refused Because(string field, string words) => new(new Dictionary<string, string> { [field] = words }, []);
}
