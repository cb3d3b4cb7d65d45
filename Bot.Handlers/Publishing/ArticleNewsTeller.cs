using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Policies;
using Bot.Handlers.Desk;
using Bot.Handlers.Jobs;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Publishing;

/// <summary>Tells of a newly published article whoever subscribed to its column or to a category of its policies; each once.</summary>
public sealed class ArticleNewsTeller(
    IArticles articles, IArticleColumns columns, IArticleNews news, IPolicies policies, ITopics topics, AccountProfile account, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;
    private const int LongestDigest = 120;

    private static readonly TimeSpan s_stale = TimeSpan.FromDays(3);
    private static readonly Text s_published = Text.Of("topic.news-published");

    public string Kind => ArticleJobs.Tell;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var id = long.Parse(job.Key, CultureInfo.InvariantCulture);
        if (await articles.FindAsync(id, ct) is not { Withdrawn: null } article)
            return JobOutcome.Finished;
        foreach (var topic in await TopicsAsync(article.Content, ct))
        {
            OpenId? after = null;
            while (await topics.SubscribersAsync(topic, after, AtOnce, ct) is { Count: > 0 } subscribers)
            {
                if (!await news.TellAsync(id, [.. subscribers.Select(citizen => Message(article, topic, citizen))], ct))
                    return JobOutcome.Finished;
                after = subscribers[^1];
            }
        }

        return JobOutcome.Finished;
    }

    // The column first: who subscribed to both reads of the column.
    private async Task<IEnumerable<string>> TopicsAsync(ArticleContent content, CancellationToken ct)
    {
        var column = (await columns.AllAsync(ct)).First(c => c.Code == content.Column).Name;
        var related = content.Policies.Count == 0 ? [] : await policies.FindAsync([.. content.Policies], ct);
        return related.Select(p => p.Category).Prepend(column).Distinct(StringComparer.Ordinal);
    }

    private NewCitizenMessage Message(PublicArticle article, string topic, OpenId citizen)
    {
        var content = article.Content;
        var url = account.PublicBaseUrl.Length == 0 ? "" : account.PublicBaseUrl + NewsAddress.Of(article.Id);
        var digest = content.Digest.Length <= LongestDigest ? content.Digest : $"{content.Digest.AsSpan(0, LongestDigest - 1)}…";
        return new()
        {
            Key = IArticleNews.KeyOf(article.Id, citizen), To = citizen, Url = url, Template = PolicyNewsTeller.Template, DueAt = clock.GetUtcNow(), ExpiresAt = clock.GetUtcNow() + s_stale,
            Words = string.Join('\n', s_published.Say(topic, ReplyText.Escape(content.Title), ReplyText.Escape(digest), url).Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            Data = new Dictionary<string, string>
            {
                ["thing1"] = content.Title, ["thing2"] = content.Source, ["thing3"] = "新发布", ["date4"] = $"{Beijing.DateOf(article.PublishedAt):yyyy年M月d日}",
            },
        };
    }
}
