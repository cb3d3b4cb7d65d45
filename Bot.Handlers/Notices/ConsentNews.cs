using Bot.Data.Consents;
using Bot.WeChat;

namespace Bot.Handlers.Notices;

/// <summary>订阅通知: a citizen accepted or refused, or a notice arrived or did not. There is nobody to answer.</summary>
public sealed class ConsentNews(IConsents consents) : IHandler
{
    private const string Accepted = "accept";
    private const int MostItems = 20;

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Message is SubscriptionEvent heard)
        {
            foreach (var item in heard.Items.Where(i => i.TemplateId.Length is > 0 and <= 128).Take(MostItems))
                await KeepAsync(heard, item, ct);
        }

        return Answer.Of(Reply.Silence);
    }

    private Task KeepAsync(SubscriptionEvent heard, SubscriptionItem item, CancellationToken ct) => heard.News switch
    {
        SubscriptionNews.Popup or SubscriptionNews.Change =>
            consents.HearAsync(heard.From, item.TemplateId, item.Status.Equals(Accepted, StringComparison.OrdinalIgnoreCase), heard.CreateTime, ct),
        SubscriptionNews.Sent => consents.HearOutcomeAsync(
            heard.From, item.TemplateId, item.ErrorCode == 0 ? null : $"订阅通知没有送达（{item.ErrorCode} {item.Status}）", ct),
    };
}
