using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>One notice: what it says, how it goes, what became of each.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator, StaffRole.Auditor)]
public sealed class NoticePage(INotices notices, INoticeTemplates templates, INoticeTesters testers, NoticeOffice office, IOptions<NoticesOptions> options, TimeProvider clock) : ConsolePage
{
    private const int Rows = 50;

    public override string Title => Notice is null ? "通知" : Notice.TemplateTitle;

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(21)]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public RecipientStatus? Status { get; set; }

    /// <summary>The last row of the page before.</summary>
    [BindProperty(SupportsGet = true), Range(0, int.MaxValue)]
    public int After { get; set; }

    /// <summary>Whose notice the phone shows; 0 for the first one's.</summary>
    [BindProperty(SupportsGet = true), Range(0, int.MaxValue)]
    public int Row { get; set; }

    [BindProperty, StringLength(200)]
    public string? Reason { get; set; }

    public Notice Notice { get; private set; } = null!;

    public TemplateVersion Template { get; private set; } = null!;

    public NoticeSample? Sample { get; private set; }

    /// <summary>A list of staff's own, whose words may differ from row to row. What other systems and the bot sent is some citizen's own.</summary>
    public bool ShowsEach => Notice is { Origin: NoticeOrigin.Console, Recipients: > 1 };

    private NoticeTemplate? _template;

    public IReadOnlyList<RejectedRow> Rejected { get; private set; } = [];

    public IReadOnlyList<NoticeRecipient> Recipients { get; private set; } = [];

    public int? Next { get; private set; }

    public bool HasTester { get; private set; }

    /// <summary>Shown once, to be sent to the account from the clerk's own WeChat.</summary>
    public string? Code { get; private set; }

    public bool Makes => Me.Is(StaffRole.NoticeMaker, StaffRole.Administrator);

    public bool Approves => Me.Is(StaffRole.NoticeApprover, StaffRole.Administrator) && Me.Name != Notice.MadeBy;

    /// <summary>The hours that hold it back at the moment; null when none do.</summary>
    public string? HeldBack => Notice is { Status: NoticeStatus.Sending, Lane: NoticeLane.Bulk, Origin: NoticeOrigin.Console, AnyHour: false }
        && QuietHours.TryParse(options.Value.QuietHours, out var hours) && hours.IsQuiet(clock.GetUtcNow()) ? options.Value.QuietHours : null;

    public static string Of(string id) => $"{NoticesPage.Path}/{id}";

    /// <summary>A notice that waits to go out, of a template that is theirs to use. What other systems and the bot sent is some citizen's own.</summary>
    public bool MayTest => Sample is not null && Notice is { Origin: NoticeOrigin.Console, Status: NoticeStatus.Draft or NoticeStatus.Submitted or NoticeStatus.Approved or NoticeStatus.Scheduled }
        && (Approves || Makes) && (Me.Is(StaffRole.Administrator) || _template?.IsFor(Me.Department) == true);

    /// <summary>At their own risk.</summary>
    public bool MayResend => Me.Is(StaffRole.NoticeApprover, StaffRole.Administrator) && !(Notice.ExpiresAt <= clock.GetUtcNow())
        && Notice is { Unclear: > 0, Status: NoticeStatus.Sending or NoticeStatus.Paused or NoticeStatus.Done };

    public bool Allows(NoticeAct act) => NoticeLifeCycle.Allows(Notice.Status, act);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    [Only(StaffRole.NoticeMaker, StaffRole.Administrator)]
    public Task<IActionResult> OnPostSubmitAsync(CancellationToken ct) => ActAsync(() => notices.SubmitAsync(Id, Me.Name, ct), "已提交，等待另一位同事审核", ct);

    [Only(StaffRole.NoticeApprover, StaffRole.Administrator)]
    public Task<IActionResult> OnPostApproveAsync(CancellationToken ct) => ActAsync(
        async () => await notices.ApproveAsync(Id, Me.Name, ct) is { Ok: false } refused ? refused : await notices.StartAsync(Id, Me.Name, null, ct),
        status => status is NoticeStatus.Scheduled ? "审核通过，将按预定时间发送" : "审核通过，开始发送", ct);

    [Only(StaffRole.NoticeApprover, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostReturnAsync(CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(Reason))
            return await ActAsync(() => notices.ReturnAsync(Id, Me.Name, Reason.Trim(), ct), "已退回制单人", ct);
        return await LoadAsync(ct) ? Refuse("请写明退回的原因，制单人会看到。", nameof(Reason)) : NotFound();
    }

    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    public Task<IActionResult> OnPostStartAsync(CancellationToken ct) => ActAsync(() => notices.StartAsync(Id, Me.Name, null, ct), "开始发送", ct);

    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    public Task<IActionResult> OnPostPauseAsync(CancellationToken ct) => ActAsync(() => notices.PauseAsync(Id, Me.Name, $"{Me.DisplayName}暂停", ct), "已暂停", ct);

    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    public Task<IActionResult> OnPostResumeAsync(CancellationToken ct) => ActAsync(() => notices.ResumeAsync(Id, Me.Name, ct), "继续发送", ct);

    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    public Task<IActionResult> OnPostCancelAsync(CancellationToken ct) => ActAsync(() => notices.CancelAsync(Id, Me.Name, $"{Me.DisplayName}取消", ct), "已取消，没有发出的不会再发", ct);

    /// <param name="which">A row; 0 for all of unclear outcome.</param>
    [Only(StaffRole.NoticeApprover, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostResendAsync(int which, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (await notices.ResendAsync(Id, which > 0 ? which : null, Me.Name, ct) is > 0 and var count)
            return GoTo(Of(Id), $"已安排重发 {count} 条，稍后可以看到结果");
        await LoadAsync(ct);
        return Refuse("没有可以重发的：可能已有结果，或已由他人重发；已取消和已过有效期的通知不能重发。");
    }

    /// <summary>The first recipient's words, to the clerk.</summary>
    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (!MayTest)
            return Refuse("只有还没有发出的通知可以测试，并且要用您的部门可以使用的模板。");
        if (await testers.OfAsync(Me.Id, ct) is not { } me)
            return Refuse("还没有绑定您的微信，请先点“绑定我的微信”。");
        if (Sample is null)
            return Refuse("这个通知的内容已按规定清除，不能再测试。");
        var answer = await office.SendAsync(
            new NoticeRequest
            {
                Origin = NoticeOrigin.Test, Lane = NoticeLane.Single, Template = Notice.TemplateCode, MadeBy = Me.Name, Department = Me.Department,
                Url = Notice.Url, AnyHour = true, Audience = "发给自己的测试",
            }, me, Sample.Data, ct);
        return answer is NoticeAnswer.Accepted ? GoTo(Of(Id), "测试通知已发给您，请看手机")
            : Refuse(string.Join('；', ((NoticeAnswer.Refused)answer).Problems.Values));
    }

    [Only(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator)]
    [Repeatable]
    public async Task<IActionResult> OnPostBindAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        Code = await testers.NewCodeAsync(Me.Id, ct);
        return Page();
    }

    private Task<IActionResult> ActAsync(Func<Task<NoticeChange>> act, string done, CancellationToken ct) => ActAsync(act, _ => done, ct);

    private async Task<IActionResult> ActAsync(Func<Task<NoticeChange>> act, Func<NoticeStatus?, string> done, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        var change = await act();
        if (change.Ok)
            return GoTo(Of(Id), done(change.Status));
        await LoadAsync(ct);
        return Refuse(change.Words());
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await notices.FindAsync(Id, ct) is not { } notice || !Me.Sees(notice) || await templates.VersionAsync(notice.TemplateVersion, ct) is not { } template)
            return false;
        (Notice, Template) = (notice, template);
        _template = (await templates.AllAsync(ct)).FirstOrDefault(t => t.Code == notice.TemplateCode);
        Sample = ShowsEach && Row > 0 ? await notices.SampleAsync(Id, ct, Row) : await notices.SampleAsync(Id, ct);
        Rejected = await notices.RejectedAsync(Id, ct);
        HasTester = await testers.OfAsync(Me.Id, ct) is not null;
        var rows = await notices.RecipientsAsync(Id, Status, After, Rows + 1, ct);
        (Recipients, Next) = ([.. rows.Take(Rows)], rows.Count > Rows ? rows[Rows - 1].Row : null);
        return true;
    }
}
