using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Bot.Handlers.Participation.Consultations;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One consultation: its parts, who publishes it, how it goes out, how it ends.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ConsultationPage(
    IConsultationDesk desk, IConsultations consultations, ConsultationCheck check, ConsultationLinks links, IQrCodes codes, TimeProvider clock) : ConsolePage
{
    private const string Changed = "这次征集刚被他人修改，或者状态已经变了，请刷新后重试。";

    public override string Title => Draft.Paper.Title;

    public override IReadOnlyList<Crumb> Trail => [new("民意征集", ConsultationsPage.Path)];

    public ConsultationDraft Draft { get; private set; } = null!;

    public Consultation Consultation => Draft.Consultation;

    public ConsultationPaper Paper => Draft.Paper;

    public CommentCounts Counts { get; private set; } = null!;

    public ConsultationState State => Consultation.StateAt(clock.GetUtcNow(), Draft.Published?.Paper);

    /// <summary>May still be written on.</summary>
    public bool Open => State is ConsultationState.Draft or ConsultationState.Waiting or ConsultationState.Open;

    public bool MayWrite => Open && Me.Is(StaffRole.Editor, StaffRole.Administrator);

    public bool MayPublish => Open && Consultation.SubmittedBy is { } by && by != Me.Name;

    /// <summary>What is being written is not what the public reads.</summary>
    public bool IsChanged => Draft.Published is not { } published || published.Paper.Write() != Paper.Write();

    public IReadOnlyList<string> Faults => [.. check.Faults(Paper, Consultation.Version > 0)];

    public bool IsShort => check.IsShort(Paper, Consultation.Version > 0);

    public int UsualDays => check.UsualDays;

    public string Scene => string.Create(CultureInfo.InvariantCulture, $"consult_{Consultation.Id}");

    public string PublicPath => ConsultationLinks.PathOf(Consultation.Id);

    public string PublicAddress => links.For(Consultation.Id);

    public string NoticePath => Notices.NewNoticePage.For("all", "all", PublicAddress);

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{ConsultationsPage.Path}/{id}");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    /// <summary>The QR code that leads into the consultation.</summary>
    public async Task<IActionResult> OnGetCodeAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || Draft.Published is not { } published)
            return NotFound();
        var made = await SceneCode.MakeAsync(codes, Scene, published.Paper.ClosesAt - clock.GetUtcNow(), ct);
        return made.Ok ? File(made.Value, "image/png", $"{Scene}.png") : GoTo(PathOf(id), $"微信没有给出二维码：{made.Error.ForStaff}（{made.Error.Code}）");
    }

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public Task<IActionResult> OnPostMoveAsync(long id, string? key, bool up, int revision, CancellationToken ct) => PartsAsync(id, revision, parts =>
    {
        var at = parts.FindIndex(p => p.Key == key);
        var to = up ? at - 1 : at + 1;
        if (at >= 0 && to >= 0 && to < parts.Count)
            (parts[at], parts[to]) = (parts[to], parts[at]);
    }, "已移动", ct);

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public Task<IActionResult> OnPostRemoveAsync(long id, string? key, int revision, CancellationToken ct) => PartsAsync(id, revision, parts => parts.RemoveAll(p => p.Key == key), "已删除", ct);

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostSubmitAsync(long id, int revision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        return Faults is [var fault, ..] ? Refuse(fault) : await SavedAsync(id, desk.SubmitAsync(id, revision, Me, ct), "已送审，由另一位同事审核发布");
    }

    public async Task<IActionResult> OnPostReturnAsync(long id, int revision, string? why, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        return Reason(why) is not { } reason ? Refuse($"请写明退回的原因，最多 {Consultation.LongestReason} 字。") : await SavedAsync(id, desk.ReturnAsync(id, revision, reason, Me, ct), "已退回");
    }

    public async Task<IActionResult> OnPostPublishAsync(long id, int revision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        return Faults is [var fault, ..] ? Refuse(fault) : await SavedAsync(id, desk.PublishAsync(id, revision, Me, ct),
            Consultation.Version == 0 ? "已发布" : $"第 {Consultation.Version + 1} 版已发布，之前的意见保留在原来的版本里");
    }

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostStopAsync(long id, string? why, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Reason(why) is not { } reason)
            return Refuse($"请写明终止的原因，公开页面会显示，最多 {Consultation.LongestReason} 字。");
        return check.Listed(reason) is { Length: > 0 } listed ? Refuse($"原因里有敏感词：{listed}。") : await SavedAsync(id, desk.StopAsync(id, reason, Me, ct), "已终止，公开页面显示原因，提过意见的市民会收到消息");
    }

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct) =>
        GoTo(ConsultationsPage.Path, await desk.DeleteAsync(id, Me, ct) is ConsultationSaved.Saved ? "已删除" : "没有删除：已经发布或已不在");

    private async Task<IActionResult> PartsAsync(long id, int revision, Action<List<ConsultationPart>> change, string done, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var parts = Paper.Parts.ToList();
        change(parts);
        return await SavedAsync(id, desk.SaveAsync(id, revision, Paper with { Parts = parts }, Me, ct), done);
    }

    private async Task<IActionResult> SavedAsync(long id, Task<ConsultationSaved> act, string done) => await act switch
    {
        ConsultationSaved.Saved => GoTo(PathOf(id), done),
        ConsultationSaved.SamePerson => Refuse("送审和发布必须是两个人，请另一位同事来发布。"),
        ConsultationSaved.Shortened => Refuse("已经告诉市民的截止时间不能提前，请修改截止时间。"),
        _ => Refuse(Changed),
    };

    private static string? Reason(string? why) => why?.Trim() is { Length: >= 2 and <= Consultation.LongestReason } reason ? reason : null;

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } draft)
            return false;
        (Draft, Counts) = (draft, await consultations.CountAsync(id, ct));
        return true;
    }
}
