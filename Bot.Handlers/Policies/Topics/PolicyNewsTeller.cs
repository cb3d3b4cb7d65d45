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
    private const int LongestSummary = 120;

    /// <summary>The office's template for this occasion, for those who have not written for 48 hours.</summary>
    public const string Template = "policy-update";

    private static readonly TimeSpan s_stale = TimeSpan.FromDays(3);
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
        var url = account.PublicBaseUrl.Length == 0 ? "" : $"{account.PublicBaseUrl}/p/{policy.Id}";
        var words = Words(policy, news.Change, url);
        OpenId? after = null;
        while (await topics.SubscribersAsync(policy.Category, after, AtOnce, ct) is { Count: > 0 } subscribers)
        {
            foreach (var citizen in subscribers)
                await messages.AddAsync(Message(job, policy, news.Change, citizen, words, url), ct);
            after = subscribers[^1];
        }

        return JobOutcome.Finished;
    }

    private NewCitizenMessage Message(Job job, Policy policy, PolicyChange change, OpenId citizen, string words, string url) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"policy:{job.Id}:{citizen.Value}"), To = citizen, Words = words, Url = url, Template = Template,
        Data = new Dictionary<string, string> { ["thing1"] = policy.Title, ["thing2"] = policy.Issuer, ["thing3"] = Phrase(change), ["date4"] = $"{policy.PublishedOn ?? Beijing.DateOf(clock.GetUtcNow()):yyyy年M月d日}" },
        // Behind what citizens wait for: a message without a time goes before all that have one.
        DueAt = clock.GetUtcNow(), ExpiresAt = clock.GetUtcNow() + s_stale,
    };

    private static string Words(Policy policy, PolicyChange change, string url)
    {
        var text = change switch
        {
            PolicyChange.Published => s_published,
            PolicyChange.Amended => s_amended,
            PolicyChange.Lapsed => s_lapsed,
        };
        var summary = policy.Summary.Length <= LongestSummary ? policy.Summary : $"{policy.Summary.AsSpan(0, LongestSummary - 1)}…";
        return string.Join('\n', text.Say(policy.Category, policy.Title, ReplyText.Escape(summary), url).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Phrase(PolicyChange change) => change switch
    {
        PolicyChange.Published => "新发布",
        PolicyChange.Amended => "已修订",
        PolicyChange.Lapsed => "已失效",
    };
}
