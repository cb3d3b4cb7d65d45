using System.Security.Cryptography;
using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices.Groups;

namespace Bot.Handlers.Notices;

/// <summary>Drafts a notice for a group: a million followers are fetched in a hundred calls and written in some seconds, which no form should wait for.</summary>
public sealed class NoticeComposingJob(INoticeComposings composings, NoticeComposer composer, INotices notices, IEnumerable<INoticeGroup> groups) : IJobHandler
{
    private const int ToldEvery = 2_000;
    private const int Tries = 3;

    // No API key is called so: those have their kind before a colon.
    private const string Owner = "console";

    public string Kind => INoticeComposings.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (!Guid.TryParse(job.Key, out var id) || await composings.FindAsync(id, ct) is not { Notice: null } composing)
            return JobOutcome.Finished;
        try
        {
            await EndAsync(id, await composer.DraftAsync(await ReadAsync(composing, ct), ct), ct);
        }
        // Cut short by its deadline is failed as well, and whoever looks at the page is told.
        catch (Exception) when (job.Attempts >= Tries)
        {
            await composings.RefusedAsync(id, new Dictionary<string, string> { [""] = "名单没有收集完成，请稍后再试一次。" }, CancellationToken.None);
        }

        return JobOutcome.Finished;
    }

    private Task EndAsync(Guid id, Composed composed, CancellationToken ct) => composed switch
    {
        Composed.Draft draft => composings.DoneAsync(id, draft.Id, ct),
        Composed.Refused refused => composings.RefusedAsync(id, refused.Problems, ct),
        _ => throw new InvalidOperationException("only files are seen twice"),
    };

    private async Task<Composition> ReadAsync(NoticeComposing composing, CancellationToken ct)
    {
        var wish = ComposingWish.Read(composing);
        NoticeTo to = wish.Kind == ComposingWish.Kept ? new NoticeTo.Kept() : new NoticeTo.Group(groups.Single(g => g.Kind == wish.Kind), wish.Choice ?? "");
        return new(composing.By, wish.Department, wish.AnyTemplate, wish.Template, wish.Fields, to, wish.Link, wish.At, wish.Urgent)
        {
            ExpiresAt = wish.Until,
            Replaces = wish.Replaces is null ? null : await notices.FindAsync(wish.Replaces, ct),
            // Begun anew after a crash it finds what it had made.
            Once = new(Owner, composing.Id.ToString(), SHA256.HashData(composing.Id.ToByteArray())),
            Gathered = (count, token) => count % ToldEvery == 0 ? composings.GatheredAsync(composing.Id, count, token) : Task.CompletedTask,
        };
    }
}
