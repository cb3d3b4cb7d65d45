using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Data.Staff;
using Bot.Handlers.Complaints;
using Bot.Handlers.Language;
using Bot.Host.Endpoints;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>One case: what was filed, what happened, and everything that may be done now.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer)]
[RequestSizeLimit(MostUploaded)]
[RequestFormLimits(MultipartBodyLengthLimit = MostUploaded)]
public sealed class CaseFilePage(ICaseDesk desk, ICasePhrases phrases, ICasePhotos photos, ICaseDocuments documents, CaseCatalogue catalogue, CaseTimeline timeline, CaseLimits limits, SensitiveWords sensitive,
    Bot.Data.Calendar.CalendarLibrary calendar, TimeProvider clock) : ConsolePage
{
    private const int MostUploaded = (3 * ICaseDocuments.MostBytes) + (4 << 20);

    private IReadOnlyList<CasePhrase> _phrases = [];

    public override string Title => Case is null ? "工单" : Case.File.Number;

    public override IReadOnlyList<Crumb> Trail => [Case is { File.IsDisclosure: true } ? new("依申请公开", DisclosuresPage.Queue) : new("投诉工单", CasesPage.Path)];

    public override PathString MenuPath => Case is { File.IsDisclosure: true } ? DisclosuresPage.Path : base.MenuPath;

    public StaffCase Case { get; private set; } = null!;

    public CaseFile Current => Case.File;

    public CaseCatalogue Catalogue => catalogue;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public IReadOnlyList<SimilarCase> Similar { get; private set; } = [];

    /// <summary>Who may be given the case where it is.</summary>
    public IReadOnlyList<StaffMember> Colleagues { get; private set; } = [];

    /// <summary>The officers of all departments, for a dispatch.</summary>
    public ILookup<string, StaffMember> Officers { get; private set; } = Enumerable.Empty<StaffMember>().ToLookup(s => s.Name);

    /// <summary>What was sent and refused, so that nothing typed is lost; null on a first look.</summary>
    public CaseForm? Sent { get; private set; }

    /// <summary>An answer that a second person sent back, to begin from; else empty.</summary>
    public string SentBack => Case.Timeline.LastOrDefault(e => e.Act is "reply" or "reject_reply") is { Act: "reject_reply" } ? Case.Timeline.Last(e => e.Act is "reply").Words : "";

    /// <summary>The contact, on the one answer after it was asked for.</summary>
    public string? Contact { get; private set; }

    /// <summary>What the citizen wrote, numbers and all; likewise.</summary>
    public string? Original { get; private set; }

    public string Step(CaseEntry entry) => timeline.Step(entry);

    public string NameOf(CaseEntry entry) => Shown(entry.Actor, Case.NameOf);

    private static string Shown(string actor, Func<string, string> nameOf) => actor switch { CaseEntry.Citizen => "市民", CaseEntry.System => "系统", var staff => nameOf(staff) };

    public IEnumerable<CasePhrase> PhrasesFor(string act) => _phrases.Where(p => p.Act == act);

    public bool May(CaseAct act) => CaseRules.May(Current, Me, act, Setting);

    private CaseSetting Setting => new(Case.Category, calendar.Current, limits, Now);

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LoadAsync(number, ct) ? Page() : NotFound();

    /// <summary>A line for the open page once somebody else changed the case; nothing until then.</summary>
    public async Task<IActionResult> OnGetChangedAsync(string number, int version, CancellationToken ct)
    {
        if (PublicNumber.TryParse(number)?.Text is not { } text || await desk.ChangedSinceAsync(text, version, Me, ct) is not { } change)
            return new NoContentResult();
        var who = Shown(change.Actor, staff => staff);
        return Partial("_CaseChanged", new CaseChange(text, $"{who}：{timeline.Step(change)}"));
    }

    public async Task<IActionResult> OnGetPhotoAsync(string number, long id, bool small, CancellationToken ct)
    {
        if (await photos.ReadAsync(id, small, Me, ct) is not { } photo)
            return NotFound();
        Response.Headers.ContentDisposition = "inline";
        return File(photo.Content, photo.ContentType);
    }

    public async Task<IActionResult> OnGetDocumentAsync(string number, long id, CancellationToken ct)
    {
        if (PublicNumber.TryParse(number)?.Text is not { } text || await documents.ReadAsync(text, id, Me, ct) is not var (document, content))
            return NotFound();
        Response.Headers.ContentDisposition = AnswerFiles.Disposition(document);
        return File(content, document.Type);
    }

    public async Task<IActionResult> OnPostActAsync(string number, CaseForm form, CancellationToken ct)
    {
        if (PublicNumber.TryParse(number)?.Text is not { } text)
            return NotFound();
        Sent = form;
        if (form.IsTooLong)
            return await AgainAsync(number, $"内容太长：公开的内容和答复各最多 {CaseForm.LongestWords} 字，其他最多 {CaseRules.LongestWords} 字。", ct);
        if (await form.ReadAsync(desk, Me, ct) is not { } act)
            return await AgainAsync(number, "没有看懂这个操作，请刷新后重试。", ct);
        if (act is CaseAct.Reply reply && form.Uploads.Count > 0)
        {
            var (uploaded, problem) = await form.DocumentsAsync(ct);
            if (problem is not null)
                return await AgainAsync(number, $"{problem} 答复内容还在，附件请重新选择。", ct);
            act = reply with { Documents = uploaded };
        }

        if (act is CaseAct.Redact redact && sensitive.Find($"{redact.Title}\n{redact.Story}\n{redact.PublicReply}") is [var spot, ..])
            return await AgainAsync(number, $"公开内容含有敏感词“{spot.Word}”，请修改。", ct);
        if (act is CaseAct.Adopt && sensitive.Find(act.Words) is [var listed, ..])
            return await AgainAsync(number, $"采纳情况可能公开，含有敏感词“{listed.Word}”，请修改。", ct);
        return await desk.ActAsync(text, form.Version, Me, act, ct) switch
        {
            CaseOutcome.Changed changed => GoTo(CaseRules.Sees(Me, changed.After) ? $"{CasesPage.Path}/{text}" : CasesPage.Path, "已完成"),
            CaseOutcome.Refused refused => await AgainAsync(number, CaseDesk.Why(refused.Why), ct),
            _ => NotFound(),
        };
    }

    [Repeatable]
    public async Task<IActionResult> OnPostRevealAsync(string number, string reason, string? field, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        if (field == "original")
        {
            Original = await desk.OriginalAsync(Current.Number, Me, reason?.Trim() ?? "", ct);
            return Original is null ? Refuse("请填写查看原因；匿名工单的原文只有受理中心可以查看。") : Page();
        }

        Contact = await desk.ContactAsync(Current.Number, Me, reason?.Trim() ?? "", ct);
        return Contact is null ? Refuse("请填写查看原因；匿名工单的联系方式只有受理中心可以查看。") : Page();
    }

    private async Task<IActionResult> AgainAsync(string number, string problem, CancellationToken ct) =>
        await LoadAsync(number, ct) ? Refuse(problem) : NotFound();

    private async Task<bool> LoadAsync(string number, CancellationToken ct)
    {
        if (PublicNumber.TryParse(number)?.Text is not { } text || await desk.FindAsync(text, Me, ct) is not { } found)
            return false;
        Case = found;
        _phrases = await phrases.AllAsync(ct);
        Colleagues = Current.State.IsOpen ? await desk.ColleaguesAsync(Current.Department, ct) : [];
        Officers = May(new CaseAct.Dispatch("", null)) ? (await desk.OfficersAsync(ct)).ToLookup(s => s.Department!) : Officers;
        Similar = Current.State.IsOpen && CaseRules.IsCentre(Me) ? await desk.SimilarAsync(Current, ct) : [];
        return true;
    }

    public sealed record CaseChange(string Number, string Words);
}
