using System.Globalization;
using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>How what the platform accepted came to its end: by the event, and where that was lost, by asking.</summary>
public sealed class PushEnding(IArticlePushes pushes, IPublishing publishing, IMassMessages mass, TimeProvider clock)
{
    private const int StillPublishing = 1;

    // By then the event is here, usually: a publication takes seconds, a message to many followers minutes.
    private static readonly TimeSpan s_published = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_sent = TimeSpan.FromMinutes(10);

    /// <param name="push">One that was accepted.</param>
    /// <returns>Null while it is not known.</returns>
    public async Task<PushHeard?> FindAsync(ArticlePush push, CancellationToken ct)
    {
        var job = JobOf(push);
        if (await pushes.HeardOfAsync(push.Kind, job, ct) is { } heard)
            return heard;
        var age = clock.GetUtcNow() - push.TriedAt!.Value;
        return push.Kind is PushKind.Publish
            ? age > s_published ? await PublishedAsync(job, ct) : null
            : age > s_sent ? await SentAsync(push.MsgId!.Value, job, ct) : null;
    }

    /// <returns>What only the event of a mass message tells; null while it is not here.</returns>
    public async Task<MassFigures?> FiguresAsync(ArticlePush push, CancellationToken ct) => (await pushes.HeardOfAsync(push.Kind, JobOf(push), ct))?.Figures;

    private async Task<PushHeard?> PublishedAsync(string job, CancellationToken ct) =>
        await publishing.StatusAsync(job, ct) is { Ok: true, Value: { Status: not StillPublishing } told }
            ? new(PushKind.Publish, job, told.Status.ToString(CultureInfo.InvariantCulture), told.ArticleId, told.Urls is [var url, ..] ? url : null, null)
            : null;

    // Nobody is counted in this answer. While it is sending, and whatever else it may say, nothing is decided.
    private async Task<PushHeard?> SentAsync(long message, string job, CancellationToken ct) => await mass.StatusAsync(message, ct) switch
    {
        { Ok: true, Value: "SEND_SUCCESS" } => new(PushKind.Mass, job, "send success", null, null, null),
        { Ok: true, Value: "SEND_FAIL" or PushHeard.Deleted } told => new(PushKind.Mass, job, told.Value, null, null, null),
        _ => null,
    };

    private static string JobOf(ArticlePush push) => push.PublishId ?? push.MsgId!.Value.ToString(CultureInfo.InvariantCulture);
}
