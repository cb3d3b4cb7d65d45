using Bot.Data.Privacy;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Privacy;

/// <summary>删除我的数据: asks once more, then has everything erased a minute later, when this conversation's own traces can go too.</summary>
public sealed class EraseFlow(IPrivacyRequests requests, TimeProvider clock) : Flow<EraseDraft>
{
    private static readonly Text s_confirm = Text.Of("privacy.erase-confirm");
    private static readonly Text s_done = Text.Of("privacy.erase-done");

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    public override string Name => "erase";

    public override string Title => "删除我的数据";

    public override int Version => 1;

    protected override IReadOnlyList<Step<EraseDraft>> Steps => [Confirm(_ => s_confirm.Say())];

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, EraseDraft draft, CancellationToken ct) =>
        new Ending.Done(Answer.Say(s_done.Say(await requests.AskEraseAsync(citizen, IPrivacyRequests.AskedByCitizen, null, clock.GetUtcNow() + s_later, ct))));
}

/// <summary>There is nothing to fill in.</summary>
public sealed record EraseDraft;
