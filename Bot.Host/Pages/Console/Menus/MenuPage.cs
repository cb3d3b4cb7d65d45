using Bot.Data.Menus;
using Bot.Data.Staff;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>自定义菜单: worked on here, published to WeChat, and read back.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class MenuPage(IMenuDrafts drafts, IMenuVariants variants, IMenus menus, ITags tags) : ConsolePage
{
    public const string Path = "/console/menu";

    private static readonly Dictionary<string, string> s_functions = new()
    {
        ["POLICY"] = "政策查询", ["BOOK"] = "预约办事", ["MY_BOOKINGS"] = "我的预约", ["COMPLAIN"] = "投诉建议", ["MY_CASES"] = "我的工单",
        ["HUMAN"] = "人工客服", ["OPEN"] = "依申请公开", ["HELP"] = "使用帮助", ["SURVEYS"] = "问卷调查", ["CONSULTATIONS"] = "民意征集",
    };

    public override string Title => "自定义菜单";

    public override string Lead => "聊天窗口底部的菜单：最多三个按钮，每个下面最多五项";

    [BindProperty]
    public MenuForm Input { get; set; } = new();

    /// <summary>Null: nobody has worked on it yet.</summary>
    public MenuDraft? Draft { get; private set; }

    /// <summary>The upper one first.</summary>
    public IReadOnlyList<MenuVariant> Variants { get; private set; } = [];

    /// <summary>What WeChat shows; null when it cannot be asked.</summary>
    public IReadOnlyList<MenuButton>? Live => _live?.Default;

    private AccountMenus? _live;

    /// <summary>The draft differs from what WeChat shows.</summary>
    public bool Differs => _live is { } live && Draft is { } draft && !MenuPublisher.Same(live, draft.Buttons, Variants);

    public static string Function(string key) => s_functions.GetValueOrDefault(key, key);

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = MenuForm.Of(Draft?.Buttons ?? Live ?? [], Draft?.Version ?? 0);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        foreach (var (field, problem) in Input.Faults())
            ModelState.AddModelError(field, problem);
        if (ModelState.IsValid)
        {
            if (await drafts.SaveAsync(Input.Read(), Input.Version, Me.Name, ct))
                return GoTo(Path, "草稿已保存，还没有发布");
            ModelState.AddModelError("", "菜单刚被他人修改，请刷新页面后再改。");
        }

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostPublishAsync(int version, CancellationToken ct)
    {
        var draft = await drafts.FindAsync(ct);
        if (draft is null || draft.Version != version)
            return GoTo(Path, "没有发布：菜单刚被他人修改，请核对后再发布");
        if (await new MenuPublisher(menus, variants, tags).PublishAsync(draft.Buttons, ct) is { } problem)
        {
            await LoadAsync(ct);
            Input = MenuForm.Of(draft.Buttons, draft.Version);
            return Refuse(problem);
        }

        await drafts.PublishedAsync(version, Me.Name, ct);
        return GoTo(Path, "已发布到微信；粉丝重新进入公众号后就能看到");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Draft = await drafts.FindAsync(ct);
        Variants = await variants.ListAsync(ct);
        var live = await menus.GetAsync(ct);
        _live = live.Ok ? live.Value : null;
    }
}
