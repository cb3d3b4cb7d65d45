using Bot.Data.Privacy;
using Bot.Handlers.Desk;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Privacy;

/// <summary>导出我的数据: a link to a page with all that is kept about the citizen, good for an hour.</summary>
public sealed class MyData(IPrivacyRequests requests, AccountProfile account, TimeProvider clock) : IHandler
{
    private static readonly Text s_link = Text.Of("privacy.export-link");
    private static readonly Text s_noLink = Text.Of("privacy.export-no-link");

    private static readonly TimeSpan s_lapses = TimeSpan.FromHours(1);

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (account.PublicBaseUrl.Length == 0)
            return Answer.Say(s_noLink.Say());
        var key = await requests.AskExportAsync(request.Citizen, IPrivacyRequests.AskedByCitizen, clock.GetUtcNow() + s_lapses, ct);
        return Answer.Say(s_link.Say($"{account.PublicBaseUrl}/my-data/{key}"));
    }
}
