using System.ComponentModel.DataAnnotations;
using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>投诉工单: the queue, by view, filter and order.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer)]
public sealed class CasesPage(ICaseDesk desk, CaseCatalogue catalogue, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/cases";

    public override string Title => Kind is CaseKind.Disclosure ? "依申请公开" : "投诉工单";

    [BindProperty(SupportsGet = true)]
    public CaseView View { get; set; } = CaseView.Open;

    [BindProperty(SupportsGet = true)]
    public CaseKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public CaseState? State { get; set; }

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true)]
    public CaseOrder Sort { get; set; }

    [BindProperty(SupportsGet = true), StringLength(40)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true), StringLength(50)]
    public string? After { get; set; }

    public CasePage Found { get; private set; } = new([], null);

    public IReadOnlyDictionary<CaseView, int> Counts { get; private set; } = new Dictionary<CaseView, int>();

    public CaseCatalogue Catalogue => catalogue;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    internal Slice List => new(Request, 1, CaseQueryLimit, null, Found.Next is not null);

    /// <summary>Extensions that are decided without seeing the report; only among what waits for a second person.</summary>
    public IReadOnlyList<AskedExtension> Extensions { get; private set; } = [];

    private const int CaseQueryLimit = 25;

    public static (CaseView View, string Name)[] Views { get; } =
    [
        (CaseView.Open, "在办"), (CaseView.Inbox, "待受理"), (CaseView.Mine, "我的"), (CaseView.Urgent, "将超期与已超期"), (CaseView.Waiting, "待审核"),
        (CaseView.CallBack, "待回访"), (CaseView.ToPublish, "待公开"), (CaseView.Closed, "已办结"), (CaseView.All, "全部"),
    ];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return;
        Counts = await desk.CountAsync(Me, ct);
        var number = string.IsNullOrWhiteSpace(Q) ? null : PublicNumber.TryParse(Q)?.Text ?? "-";
        Extensions = View is CaseView.Waiting ? await desk.ExtensionsOfReportsAsync(Me, ct) : [];
        Found = await desk.ListAsync(
            new(number is null ? View : CaseView.All, Sort, Kind, State, Blank(Department), Blank(Category), number, Blank(After), CaseQueryLimit), Me, ct);
    }

    [Only(StaffRole.Agent, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostExtensionAsync(string? number, int version, bool grant, string? words, CancellationToken ct)
    {
        View = CaseView.Waiting;
        CaseAct act = grant ? new CaseAct.GrantExtension() : new CaseAct.DenyExtension(words?.Trim() ?? "");
        var outcome = await desk.ActAsync(number ?? "", version, Me, act, ct);
        if (outcome is CaseOutcome.Changed)
            return GoTo($"{Path}?view={View}", grant ? "已同意延期，市民会收到通知" : "已退回延期申请");
        await OnGetAsync(ct);
        return Refuse(outcome is CaseOutcome.Refused { Why: var why } ? CaseDesk.Why(why) : "没有成功，请刷新后重试。");
    }

    private static string? Blank(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
