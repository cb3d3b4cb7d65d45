using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>The account's draft box and what was published from it, asked by our own marker.</summary>
public sealed class PlatformDrafts(IDrafts drafts, IPublishing publishing, IArticlePushes pushes)
{
    private const int PageSize = 20;

    // The newest thousand: what is asked about is minutes old.
    private const int Pages = 50;
    private const int NoSuchDraft = 40007;

    /// <summary>Puts an article into the box: over the draft of an earlier try that failed, else as a new one.</summary>
    /// <returns>The draft's media id.</returns>
    public async Task<ApiResult<string>> PutAsync(ArticlePush push, OfficialArticle article, CancellationToken ct)
    {
        var all = await pushes.ListAsync(push.Article, ct);
        var failed = all.FirstOrDefault(p => p is { State: PushState.Failed, Draft: not null } && p.Kind == push.Kind && p.Tag == push.Tag);
        if (failed?.Draft is { } draft && all.All(p => p.Draft != draft || p.State is PushState.Failed) && (await drafts.UpdateAsync(draft, 0, article, ct)).Ok)
            return draft;
        return await drafts.AddAsync([article], ct);
    }

    /// <returns>The id is null when there is none.</returns>
    public Task<ApiResult<Marked>> FindDraftAsync(string marker, CancellationToken ct) => FindAsync(drafts.ListAsync, marker, ct);

    public Task<ApiResult<Marked>> FindPublishedAsync(string marker, CancellationToken ct) => FindAsync(publishing.ListAsync, marker, ct);

    public async Task<ApiResult<bool>> IsThereAsync(string draft, CancellationToken ct)
    {
        var found = await drafts.GetAsync(draft, ct);
        return found.Ok ? true : found.Error.Code == NoSuchDraft ? false : found.Error;
    }

    private static async Task<ApiResult<Marked>> FindAsync(
        Func<int, int, bool, CancellationToken, Task<ApiResult<ArticlePage>>> list, string marker, CancellationToken ct)
    {
        for (var page = 0; page < Pages; page++)
        {
            var listed = await list(page * PageSize, PageSize, false, ct);
            if (!listed.Ok)
                return listed.Error;
            foreach (var group in listed.Value.Groups)
            {
                if (group.Articles.FirstOrDefault(a => WeChatArticle.IsMarked(a, marker)) is { } ours)
                    return new Marked(group.Id, ours.Url);
            }

            if ((page + 1) * PageSize >= listed.Value.Total)
                break;
        }

        return new Marked(null, null);
    }
}

/// <param name="Id">A draft's media id or a published article's id; null when none carries the marker.</param>
public sealed record Marked(string? Id, string? Url);
