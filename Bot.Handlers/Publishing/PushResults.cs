using Bot.Data.Articles;
using Bot.WeChat;

namespace Bot.Handlers.Publishing;

/// <summary>How a publication or a mass message ended, as the platform pushes it. There is nobody to answer; the push's own job takes it from the store.</summary>
public sealed class PushResults(IArticlePushes pushes) : IHandler
{
    private const int Running = 1;
    private const int LongestJob = 64;

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (Heard(request.Message) is { Job.Length: > 0 and <= LongestJob } heard)
            await pushes.HearAsync(heard, ct);
        return Answer.Of(Reply.Silence);
    }

    private static PushHeard? Heard(Inbound message) => message switch
    {
        PublishedEvent { Status: Running } => null,
        PublishedEvent e => new(PushKind.Publish, e.PublishId, e.Status.ToString(null, null), e.ArticleId, First(e.ArticleUrls), null),
        MassSentEvent e => new(
            PushKind.Mass, e.JobId, e.Status, null, First(e.ArticleUrls), new(e.TotalCount, e.FilterCount, e.SentCount, e.ErrorCount)),
        _ => null,
    };

    private static string? First(IReadOnlyList<string> addresses) => addresses is [var first, ..] ? first : null;
}
