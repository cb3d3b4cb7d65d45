using Bot.Data.Conversations;
using Bot.Data.Staff;

namespace Bot.Host.Pages.Console.Home;

/// <summary>客服会话: who waits for an answer.</summary>
internal sealed class ConversationFigures(IConversations conversations, TimeProvider clock) : IDashboardSource
{
    private const int Shown = 6;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Agent);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var waiting = (await conversations.ListAsync(closed: false, ct)).Where(row => row.Waits).ToArray();
        return new()
        {
            Figures = [new("待答复会话", waiting.Length, ConversationsPage.Path, waiting.Length > 0 ? Tone.Warn : Tone.Plain)],
            Lists =
            [
                new("待答复的会话", ConversationsPage.Path,
                    [.. waiting.Take(Shown).Select(row => new DashboardRow(
                        row.LastWords.Length > 0 ? row.LastWords : "请求人工服务", ConversationsPage.PathOf(row.Id), Moments.Near(row.HeardAt, clock.GetUtcNow())))],
                    "没有人在等答复。"),
            ],
        };
    }
}
