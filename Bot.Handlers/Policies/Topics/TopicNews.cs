using Bot.Data.Messages;
using Bot.Handlers.Publishing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies.Topics;

/// <summary>What subscribers of a topic are told, of a document or an article alike.</summary>
/// <param name="Words">Topic, title, summary and address stand for {0} to {3}; a line that stays empty is left out.</param>
/// <param name="Url">Empty where the account has no public pages.</param>
/// <param name="Change">In a few words, for the template.</param>
internal sealed record TopicNews(Text Words, string Title, string Summary, string Url, string Issuer, string Change, DateOnly On)
{
    /// <summary>The office's template for this occasion, for those who have not written for 48 hours.</summary>
    public const string Template = "policy-update";

    private const int LongestSummary = 120;

    private static readonly TimeSpan s_stale = TimeSpan.FromDays(3);

    public NewCitizenMessage To(OpenId citizen, string key, string topic, DateTimeOffset now) => new()
    {
        Key = key, To = citizen, Url = Url, Template = Template,
        // Behind what citizens wait for: a message without a time goes before all that have one.
        DueAt = now, ExpiresAt = now + s_stale,
        Words = string.Join('\n', Words.Say(topic, ReplyText.Escape(Title), ReplyText.Escape(NewsWords.Cut(Summary, LongestSummary)), Url).Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        Data = new Dictionary<string, string> { ["thing1"] = Title, ["thing2"] = Issuer, ["thing3"] = Change, ["date4"] = $"{On:yyyy年M月d日}" },
    };
}
