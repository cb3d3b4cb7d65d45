using System.ComponentModel.DataAnnotations;
using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>投诉工单: the queue, by view, filter and order.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer)]
public sealed class CasesPage(ICaseDesk desk, ISavedLists saved, CaseCatalogue catalogue, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/cases";

    public override string Title => Kind is CaseKind.Disclosure ? "依申请公开" : "投诉工单";

    public override PathString MenuPath => Kind is CaseKind.Disclosure ? DisclosuresPage.Path : base.MenuPath;

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

    /// <summary>What the filters as they stand are to be called; posted.</summary>
    [BindProperty]
    public string? SavedName { get; set; }

    /// <summary>Theirs, by name.</summary>
    public IReadOnlyList<SavedList> Saved { get; private set; } = [];

    public CasePage Found { get; private set; } = new([], null);

    public IReadOnlyDictionary<CaseView, int> Counts { get; private set; } = new Dictionary<CaseView, int>();

    public CaseCatalogue Catalogue => catalogue;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    internal Slice List => new(Request, 1, CaseQueryLimit, null, Found.Next is not null);

    /// <summary>Extensions that are decided without seeing the report; only among what waits for a second person.</summary>
    public IReadOnlyList<AskedExtension> Extensions { get; private set; } = [];

    /// <summary>Something narrows the view down.</summary>
    public bool IsFiltered => Kind is not (null or CaseKind.Disclosure) || State is not null || Blank(Category) is not null || Blank(Department) is not null || Blank(Q) is not null;

    /// <summary>What an empty list means, and what to do.</summary>
    public (string Title, string Words) Empty => IsFiltered ? ("没有符合条件的工单", "换个条件，或者清除筛选再看。") : View switch
    {
        CaseView.Inbox => ("没有待受理的工单", "市民提交后会出现在这里。"),
        CaseView.Mine => ("您手上没有工单", "转办、指派给您或您开始办理的工单会出现在这里。"),
        CaseView.Urgent => ("没有将超期和已超期的工单", "期限只剩最后一天，或者已经过了期限的，会出现在这里。"),
        CaseView.Waiting => ("没有待审核的答复和延期", "同事拟定的答复、申请的延期会出现在这里，由另一位同事审核。"),
        CaseView.CallBack => ("没有待回访的工单", "市民给了差评的工单会出现在这里，请先回访。"),
        CaseView.ToPublish => ("没有待公开的工单", "市民同意公开的工单答复后会出现在这里。"),
        _ => ("这里还没有工单", "市民提交后会出现在“待受理”里。"),
    };

    private const int CaseQueryLimit = 25;
    private const int LongestName = 20;

    public static (CaseView View, string Name)[] Views { get; } =
    [
        (CaseView.Open, "在办"), (CaseView.Inbox, "待受理"), (CaseView.Mine, "我的"), (CaseView.Urgent, "将超期与已超期"), (CaseView.Waiting, "待审核"),
        (CaseView.CallBack, "待回访"), (CaseView.ToPublish, "待公开"), (CaseView.Closed, "已办结"), (CaseView.All, "全部"),
    ];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Saved = await saved.AllAsync(Me, Path, ct);
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

    /// <summary>The filters as they stand, for an address; without number and page.</summary>
    public string Query => string.Join('&', ((string Name, string? Value)[])
        [("view", $"{View}"), ("kind", $"{Kind}"), ("state", $"{State}"), ("category", Category), ("department", Department), ("sort", Sort is CaseOrder.Due ? "" : $"{Sort}")]
        is var all ? all.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}") : []);

    /// <summary>Another view of what is looked for; a view names its states itself.</summary>
    public string Among(CaseView view) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = $"{view}", ["kind"] = Kind?.ToString(), ["category"] = Blank(Category), ["department"] = Blank(Department),
        ["sort"] = Sort is CaseOrder.Due ? null : $"{Sort}", ["q"] = Blank(Q),
    });

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var name = (SavedName ?? "").Trim();
        if (name.Length is 0 or > LongestName)
            ModelState.AddModelError(nameof(SavedName), $"请填写 1 至 {LongestName} 个字的名称");
        else if (ModelState.IsValid && await saved.SaveAsync(Me, Path, name, Query, ct))
            return GoTo($"{Path}?{Query}", $"已保存为“{name}”");
        else
            ModelState.AddModelError(nameof(SavedName), $"最多保存 {ISavedLists.Most} 个，请先删除不用的");
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostForgetAsync(long id, CancellationToken ct)
    {
        if ((await saved.AllAsync(Me, Path, ct)).FirstOrDefault(s => s.Id == id) is not { } gone || !await saved.DeleteAsync(Me, id, ct))
            return GoTo($"{Path}?{Query}", "这个常用筛选已经不在了");
        return GoTo($"{Path}?{Query}", $"已删除常用筛选“{gone.Name}”", new Undo($"{Path}?{gone.Query}&handler=Save", new() { [nameof(SavedName)] = gone.Name }));
    }

    private static string? Blank(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
