using Bot.Data.Notices;
using Bot.Handlers.Notices;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>Drafts whose people are gathered behind the page.</summary>
public sealed class LargeDrafts(INoticeComposings composings, TimeProvider clock)
{
    // More than that are copied behind the page.
    private const int ManyKept = 1_000;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public static bool IsFor(NoticeTo to, Notice? old) => to is NoticeTo.Group || to is NoticeTo.Kept && old is { Recipients: > ManyKept };

    /// <summary>A small group is there before anybody wonders; of a large one another page tells how far it is.</summary>
    /// <returns>How it stands after a second at most.</returns>
    public async Task<NoticeComposing> BeginAsync(string by, ComposingWish wish, int? expected, CancellationToken ct)
    {
        var text = wish.Write();
        NoticeComposing now = new(await composings.BeginAsync(by, text, expected, ct), by, text, expected, 0, null, null);
        for (var since = clock.GetTimestamp(); now is { Notice: null, Problems: null } && clock.GetElapsedTime(since) < s_patience;)
        {
            // It is begun: a browser that goes away now must not have the form begin another when it is sent again.
            await Task.Delay(s_look, clock, CancellationToken.None);
            now = await composings.FindAsync(now.Id, CancellationToken.None) ?? now;
        }

        return now;
    }
}
