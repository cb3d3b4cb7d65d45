using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>查 TS…: where a case stands, what happened to it, and what the citizen can do.</summary>
public sealed class CaseLookUp(ICases cases, CaseTimeline timeline, CaseLimits limits, TimeProvider clock) : IHandler
{
    private static readonly Text s_wrong = Text.Of("case.number-wrong");
    private static readonly Text s_unknown = Text.Of("case.number-unknown");
    private static readonly Text s_noCode = Text.Of("case.code-unknown");
    private static readonly Text s_whole = Text.Of("case.do-answer");
    private static readonly Text s_documents = Text.Of("open.do-documents");
    private static readonly Text s_do = Text.Of("case.view-do");
    private static readonly Text s_add = Text.Of("case.do-add");
    private static readonly Text s_withdraw = Text.Of("case.do-withdraw");
    private static readonly Text s_rate = Text.Of("case.do-rate");
    private static readonly Text s_reopen = Text.Of("case.do-reopen");
    private static readonly Text s_share = Text.Of("case.do-share");
    private static readonly Text s_unshare = Text.Of("case.do-unshare");
    private static readonly Text s_mine = Text.Of("case.do-mine");

    /// <summary>Whether somebody meant a case's number or a sealed report's code, with a slip in it or not.</summary>
    public static bool IsNumber(string argument) =>
        argument.Normalize(System.Text.NormalizationForm.FormKC).TrimStart().ToLowerInvariant() is ['t', 's', ..] or ['m', 'f', ..];

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        Choice[] back = [new(s_mine.Say(), "case.mine")];
        if ((PublicNumber.TryParse(request.Argument)?.Text ?? SealedCode.TryParse(request.Argument)?.Text) is not { } key)
            return NumberedList.Page(s_wrong.Say(CaseQuestions.Excerpt(request.Argument.ToUpperInvariant(), 30)), back, 0);
        if (await cases.FindAsync(request.Citizen, key, ct) is not { } found)
            return NumberedList.Page((SealedCode.TryParse(key) is null ? s_unknown : s_noCode).Say(key), back, 0);
        var now = clock.GetUtcNow();
        return NumberedList.Page($"{timeline.Write(found, now)}\n\n{s_do.Say()}", [.. Ways(found, key, now), .. back], 0) with { Command = $"case.show {key}" };
    }

    private IEnumerable<Choice> Ways(CitizenCase found, string key, DateTimeOffset now)
    {
        var file = found.File;
        if (!found.Owner)
            yield break;
        if (file.Reply is { } reply && (file.State.IsOpen || CaseTimeline.IsCut(reply)))
            yield return new(s_whole.Say(), $"case.answer {key}");
        if (file is { State: CaseState.Closed, Reply: not null, Documents: > 0 })
            yield return new(s_documents.Say(file.Documents), $"case.documents {key}");
        if (file.State is CaseState.Rating)
            yield return new(s_rate.Say(), $"case.rate {key}");
        if (file.State.IsOpen)
        {
            yield return new(s_add.Say(), $"case.add {key}");
            yield return new(s_withdraw.Say(), $"case.withdraw {key}");
        }
        else if (!file.IsDisclosure && file.State is CaseState.Answered or CaseState.Rating or CaseState.Closed && file.AnsweredAt + TimeSpan.FromDays(limits.ReopenDays) >= now)
        {
            yield return new(s_reopen.Say(), $"case.reopen {key}");
        }

        // Who agreed that others read it may take that back at any time.
        if (file.Publicity is not CasePublicity.No)
            yield return new(s_unshare.Say(), $"case.share no {key}");
        else if (file.Adopted is not null)
            yield return new(s_share.Say(), $"case.share yes {key}");
    }
}

/// <summary>我的工单: what the citizen filed or joined, newest first.</summary>
public sealed class CaseList(ICases cases, CaseCatalogue catalogue) : IHandler
{
    private const int Most = 60;

    private static readonly Text s_lead = Text.Of("case.mine");
    private static readonly Text s_none = Text.Of("case.mine-none");
    private static readonly Text s_row = Text.Of("case.mine-row");
    private static readonly Text s_file = Text.Of("case.mine-file");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var mine = await cases.MineAsync(request.Citizen, Most, ct);
        return mine.Count == 0
            ? NumberedList.Page(s_none.Say(), [new(s_file.Say(), "case")], 0)
            : NumberedList.Page(
                s_lead.Say(),
                [.. mine.Select(c => new Choice(
                    s_row.Say(c.Number, c.State.Shown, catalogue.Find(c.Category)?.Name ?? c.Kind.Shown), $"case.show {c.Number}"))],
                request.Page);
    }
}

/// <summary>评价: the cases that were answered, and the visits that are over, and wait for a rating.</summary>
public sealed class CaseUnrated(ICases cases, CaseCatalogue catalogue, Appointments.UnratedVisits visits) : IHandler
{
    private const int Looked = 30;

    private static readonly Text s_lead = Text.Of("case.unrated");
    private static readonly Text s_none = Text.Of("case.unrated-none");
    private static readonly Text s_row = Text.Of("case.mine-row");
    private static readonly Text s_mine = Text.Of("case.do-mine");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        Choice[] waiting =
        [
            .. (await cases.MineAsync(request.Citizen, Looked, ct)).Where(c => c.State is CaseState.Rating)
                .Select(c => new Choice(s_row.Say(c.Number, c.State.Shown, catalogue.Find(c.Category)?.Name ?? c.Kind.Shown), $"case.rate {c.Number}")),
            .. await visits.ForAsync(request.Citizen, ct),
        ];
        return waiting.Length == 0
            ? NumberedList.Page(s_none.Say(), [new(s_mine.Say(), "case.mine")], 0)
            : NumberedList.Page(s_lead.Say(), waiting, request.Page);
    }
}
