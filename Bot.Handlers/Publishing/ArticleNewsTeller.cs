using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
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

    private static readonly Text s_published = Text.Of("topic.news-published");

    public string Kind => ArticleJobs.Tell;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var id = long.Parse(job.Key, CultureInfo.InvariantCulture);
        if (await articles.FindAsync(id, ct) is not { Withdrawn: null } article)
            return JobOutcome.Finished;
        var told = Told(article);
        foreach (var topic in await TopicsAsync(article.Content, ct))
        {
            OpenId? after = null;
            while (await topics.SubscribersAsync(topic, after, AtOnce, ct) is { Count: > 0 } subscribers)
            {
                if (!await news.TellAsync(id, [.. subscribers.Select(citizen => told.To(citizen, IArticleNews.KeyOf(id, citizen), topic, clock.GetUtcNow()))], ct))
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

    private TopicNews Told(PublicArticle article)
    {
        var content = article.Content;
        var url = account.PublicBaseUrl.Length == 0 ? "" : account.PublicBaseUrl + NewsAddress.Of(article.Id);
        return new(s_published, content.Title, content.Digest, url, content.Source, "新发布", Beijing.DateOf(article.PublishedAt));
    }
}
