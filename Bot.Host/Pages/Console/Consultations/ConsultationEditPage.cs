using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Participation.Consultations;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>A draft's head: title, department, background, dates.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class ConsultationEditPage(IConsultationDesk desk, IDepartments departments, ConsultationCheck check, TimeProvider clock) : ConsolePage
{
    public const string NewPath = "/console/consultations/0/edit";

    public override string Title => Old is null ? "新建征集" : "修改征集";

    public override IReadOnlyList<Crumb> Trail =>
        Old is { } old ? [new("民意征集", ConsultationsPage.Path), new(old.Paper.Title, ConsultationPage.PathOf(old.Consultation.Id))] : [new("民意征集", ConsultationsPage.Path)];

    /// <summary>Null for a new one.</summary>
    public ConsultationDraft? Old { get; private set; }

    public IReadOnlyList<string> Departments { get; private set; } = [];

    public int UsualDays => check.UsualDays;

    [BindProperty]
    public ConsultationHead Input { get; set; } = new();

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{ConsultationsPage.Path}/{id}/edit");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var tomorrow = Beijing.DateOf(clock.GetUtcNow()).AddDays(1).ToDateTime(TimeOnly.MinValue);
        Input = Old is { } old ? ConsultationHead.Of(old) : new() { OpensAt = tomorrow, ClosesAt = tomorrow.AddDays(check.UsualDays) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Read() is not { } paper)
            return Page();
        return await desk.SaveAsync(id, Input.Revision, paper, Me, ct) switch
        {
            ConsultationSaved.Saved saved => GoTo(ConsultationPage.PathOf(saved.Id), id == 0 ? "已保存，接着添加章节"
                : check.IsShort(paper, Old?.Published is not null) ? $"已保存。提醒：征集时间不足 {check.UsualDays} 天" : "已保存"),
            _ => Refuse("这次征集刚被他人修改，或已经结束，请返回后刷新再看。"),
        };
    }

    private ConsultationPaper? Read()
    {
        var (opens, closes) = (Moments.OfForm(Input.OpensAt), Moments.OfForm(Input.ClosesAt));
        var why = (Input.WhyShort ?? "").ReplaceLineEndings(" ").Trim();
        ConsultationPaper paper = new(
            Input.Title.Trim(), Input.Department, (Input.Background ?? "").ReplaceLineEndings("\n").Trim(), opens, closes, why, Old?.Paper.Parts ?? []);
        if (closes <= opens)
            ModelState.AddModelError("Input.ClosesAt", "截止时间要晚于开始时间");
        else if (closes <= clock.GetUtcNow())
            ModelState.AddModelError("Input.ClosesAt", "截止时间已经过了");
        else if (Old?.Published is { } published && closes < published.Paper.ClosesAt)
            ModelState.AddModelError("Input.ClosesAt", "已经告诉市民的截止时间不能提前，可以延后");
        else if (check.IsShort(paper, Old?.Published is not null) && why.Length == 0)
            ModelState.AddModelError("Input.WhyShort", $"征集时间不足 {check.UsualDays} 天，请写明缩短期限的理由");
        if (!Departments.Contains(Input.Department))
            ModelState.AddModelError("Input.Department", "请选择部门");
        return ModelState.IsValid ? paper with { WhyShort = check.IsShort(paper, Old?.Published is not null) ? why : "" } : null;
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (id != 0)
        {
            if (await desk.FindAsync(id, ct) is not { } draft || draft.Consultation.StateAt(clock.GetUtcNow(), draft.Published?.Paper) is not (ConsultationState.Draft or ConsultationState.Waiting or ConsultationState.Open))
                return false;
            Old = draft;
        }

        Departments = [.. (await departments.ListAsync(ct)).Where(d => d.Active).Select(d => d.Name)];
        // One that was closed meanwhile stays what the paper says.
        if (Old is { } old && !Departments.Contains(old.Paper.Department))
            Departments = [.. Departments, old.Paper.Department];
        return true;
    }
}

public sealed class ConsultationHead
{
    [Required(ErrorMessage = "请填写标题")]
    [StringLength(ConsultationPaper.LongestTitle)]
    public string Title { get; set; } = "";

    [Required(ErrorMessage = "请选择部门")]
    [StringLength(Bot.Data.Staff.Department.LongestName)]
    public string Department { get; set; } = "";

    [Required(ErrorMessage = "请写明背景：为什么要制定，主要内容是什么")]
    [StringLength(ConsultationPaper.LongestBackground)]
    public string? Background { get; set; }

    [Meant]
    public DateTime OpensAt { get; set; }

    [Meant]
    public DateTime ClosesAt { get; set; }

    [StringLength(ConsultationPaper.LongestWhy)]
    public string? WhyShort { get; set; }

    public int Revision { get; set; }

    public static ConsultationHead Of(ConsultationDraft draft) => new()
    {
        Title = draft.Paper.Title, Department = draft.Paper.Department, Background = draft.Paper.Background, OpensAt = draft.Paper.OpensAt.ToOffset(Beijing.Offset).DateTime,
        ClosesAt = draft.Paper.ClosesAt.ToOffset(Beijing.Offset).DateTime, WhyShort = draft.Paper.WhyShort, Revision = draft.Consultation.Revision,
    };
}
