using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Articles;

/// <summary>The way of articles to WeChat. Each call to the platform is noted before it is made, so that whoever comes after a crash knows what to ask.</summary>
public interface IArticlePushes
{
    /// <summary>Orders one, and enqueues its work.</summary>
    /// <param name="code">Of a preview: 6 digits that its reader sends.</param>
    Task<PushOrdered> OrderAsync(NewPush push, string? code, StaffMember by, CancellationToken ct);

    Task<ArticlePush?> FindAsync(long id, CancellationToken ct);

    /// <returns>Of an article, newest first.</returns>
    Task<IReadOnlyList<ArticlePush>> ListAsync(long article, CancellationToken ct);

    /// <summary>Somebody sent a preview's code: the preview goes to them.</summary>
    /// <param name="since">Codes ordered before are void.</param>
    /// <returns>False when no preview waits for this code.</returns>
    Task<bool> ReadByAsync(string code, OpenId reader, DateTimeOffset since, CancellationToken ct);

    /// <summary>From one state to the next; <paramref name="change"/> says what is known now.</summary>
    /// <returns>False when it is not in <paramref name="from"/> any more: somebody else is at it.</returns>
    Task<bool> MoveAsync(long id, PushState from, PushState to, PushFacts change, CancellationToken ct);

    /// <summary>Takes a job event: the push it belongs to ends, or it is kept until we know whose it is.</summary>
    Task HearAsync(PushHeard heard, CancellationToken ct);

    /// <returns>What was heard of a job; null while nothing was.</returns>
    Task<PushHeard?> HeardOfAsync(PushKind kind, string job, CancellationToken ct);

    /// <summary>Marks a withdrawn one as taken off the platform.</summary>
    Task RemovedAsync(long id, CancellationToken ct);

    /// <summary>A person decides about a doubtful one: it ended well, or it is tried again. What the platform had accepted is asked about again, never repeated.</summary>
    Task<bool> SettleAsync(long id, bool wasSent, StaffMember by, CancellationToken ct);

    /// <returns>Mass messages since <paramref name="from"/> that went out, may have, or are about to, by whom they are for.</returns>
    Task<IReadOnlyList<MassCount>> MassSinceAsync(DateTimeOffset from, CancellationToken ct);
}

/// <summary>群发预览, 发布, 群发.</summary>
public enum PushKind { Preview, Publish, Mass }

/// <summary>See the table.</summary>
public enum PushState { Asked, Waiting, Drafting, Drafted, Sending, Sent, Done, Failed, Doubtful }

/// <param name="Tag">Of followers; null for all of them.</param>
public sealed record NewPush(long Article, int Version, PushKind Kind, int? Tag = null, string TagName = "");

public abstract record PushOrdered
{
    private PushOrdered()
    {
    }

    public sealed record Ordered(long Id) : PushOrdered;

    /// <summary>This version went there, or is on its way.</summary>
    public sealed record Already : PushOrdered;

    /// <summary>There is no such version.</summary>
    public sealed record Unknown : PushOrdered;

    /// <summary>Another preview uses the code: draw again.</summary>
    public sealed record CodeTaken : PushOrdered;
}

/// <param name="Marker">16 hex digits in the address behind 阅读原文.</param>
public sealed record ArticlePush(
    long Id, long Article, int Version, PushKind Kind, int? Tag, string TagName, string Marker, PushState State, DateTimeOffset MadeAt, string MadeBy)
{
    public string? Code { get; init; }
    public OpenId? Reader { get; init; }

    /// <summary>The draft's media id.</summary>
    public string? Draft { get; init; }

    /// <summary>When the call was noted that is being made or in doubt.</summary>
    public DateTimeOffset? TriedAt { get; init; }
    public string? PublishId { get; init; }

    /// <summary>The platform's article id.</summary>
    public string? WeChatArticle { get; init; }

    public string? Url { get; init; }
    public long? MsgId { get; init; }

    /// <summary>The platform took it: it is never submitted again, whatever came of it.</summary>
    public bool IsAccepted => MsgId is not null || PublishId is not null;

    public MassFigures? Figures { get; init; }

    /// <summary>In a clerk's words.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }
}

/// <param name="Tag">Of followers; null for all of them.</param>
public sealed record MassCount(int? Tag, string TagName, int Count);

/// <param name="Total">Followers aimed at.</param>
/// <param name="Filtered">Of these, those who may still receive one.</param>
public sealed record MassFigures(int Total, int Filtered, int Sent, int Errors);

/// <summary>What a step learned; null leaves what was known.</summary>
public sealed record PushFacts(
    string? Draft = null, string? PublishId = null, string? WeChatArticle = null, string? Url = null, long? MsgId = null, MassFigures? Figures = null,
    int? ErrorCode = null, string? Error = null);

/// <summary>The end of a job, as the platform told it.</summary>
/// <param name="Job">Its publish_id or msg_id.</param>
/// <param name="Status">publish_status in digits, or the mass message's status.</param>
public sealed record PushHeard(PushKind Kind, string Job, string Status, string? WeChatArticle, string? Url, MassFigures? Figures)
{
    /// <summary>What is told of a mass message when it is asked about.</summary>
    public const string Deleted = "DELETE";

    /// <summary>It went out; somebody may have deleted it on the platform since.</summary>
    public bool Succeeded => Kind is PushKind.Publish
        ? Status == "0"
        : IsDeleted || Status.Replace(" ", "", StringComparison.Ordinal).Equals("sendsuccess", StringComparison.OrdinalIgnoreCase);

    public bool IsDeleted => Kind is PushKind.Mass && Status == Deleted;
}
