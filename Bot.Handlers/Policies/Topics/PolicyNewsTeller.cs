using System.Globalization;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Policies;
using Bot.Handlers.Desk;
using Bot.Handlers.Jobs;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies.Topics;

/// <summary>Tells the subscribers of a category that a document was published, amended or has lapsed; each once, however often the job runs.</summary>
public sealed class PolicyNewsTeller(IPolicies policies, ITopics topics, ICitizenMessages messages, AccountProfile account, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;

    private static readonly Text s_published = Text.Of("topic.news-published");
    private static readonly Text s_amended = Text.Of("topic.news-amended");
    private static readonly Text s_lapsed = Text.Of("topic.news-lapsed");

    public string Kind => PolicyNews.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var news = JsonSerializer.Deserialize<PolicyNews>(job.Data) ?? throw new InvalidDataException(job.Key);
        // Withdrawn meanwhile: there is nothing to tell of.
        if (await policies.FindAsync([news.PolicyId], ct) is not [var policy])
            return JobOutcome.Finished;
        var told = Told(policy, news.Change);
        OpenId? after = null;
        while (await topics.SubscribersAsync(policy.Category, after, AtOnce, ct) is { Count: > 0 } subscribers)
        {
            foreach (var citizen in subscribers)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"policy:{job.Id}:{citizen.Value}");
                await messages.AddAsync(told.To(citizen, key, policy.Category, clock.GetUtcNow()), ct);
            }

            after = subscribers[^1];
        }

        return JobOutcome.Finished;
    }

    private TopicNews Told(Policy policy, PolicyChange change)
    {
        var (words, phrase) = change switch
        {
            PolicyChange.Published => (s_published, "新发布"),
            PolicyChange.Amended => (s_amended, "已修订"),
            PolicyChange.Lapsed => (s_lapsed, "已失效"),
        };
        var url = account.PublicBaseUrl.Length == 0 ? "" : $"{account.PublicBaseUrl}/p/{policy.Id}";
        return new(words, policy.Title, policy.Summary, url, policy.Issuer, phrase, policy.PublishedOn ?? Beijing.DateOf(clock.GetUtcNow()));
    }
}
