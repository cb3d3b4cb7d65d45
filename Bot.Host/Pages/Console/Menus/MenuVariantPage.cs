using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Menus;
using Bot.Data.Staff;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One personalised menu: for whom, and what they see.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class MenuVariantPage(IMenuVariants variants, ITags tags) : ConsolePage
{
    public const string NewPath = "/console/menu/for/0";

    public override string Title => Variant?.Name ?? "新建个性化菜单";

    public override string Lead => "符合条件的粉丝看到这个菜单，其他人看到默认菜单；保存后要在“自定义菜单”发布才生效";

    public override IReadOnlyList<Crumb> Trail => [new("自定义菜单", MenuPage.Path)];

    /// <summary>Null: a new one.</summary>
    public MenuVariant? Variant { get; private set; }

    public IReadOnlyList<Tag> Tags { get; private set; } = [];

    [BindProperty]
    [Required(ErrorMessage = "请填写名称")]
    [StringLength(20)]
    public string Name { get; set; } = "";

    [BindProperty]
    [Range(1, 99)]
    public int Place { get; set; } = 10;

    [BindProperty]
    public int? Tag { get; set; }

    [BindProperty]
    [Range(1, 3)]
    public int? Client { get; set; }

    [BindProperty]
    public MenuForm Input { get; set; } = new();

    public static string PathOf(long id) => $"/console/menu/for/{id.ToString(CultureInfo.InvariantCulture)}";

    public static string ForWhom(MenuVariant variant) => string.Join("，", ((string[])
        [variant.Tag is null ? "" : $"标签“{variant.TagName}”", variant.Client switch { 1 => "苹果手机", 2 => "安卓手机", 3 => "其他设备", _ => "" }]).Where(part => part.Length > 0));

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Variant is { } known)
            (Name, Place, Tag, Client) = (known.Name, known.Place, known.Tag, known.Client);
        Input = MenuForm.Of(Variant?.Buttons ?? [], Variant?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        foreach (var (field, problem) in Input.Faults())
            ModelState.AddModelError(field, problem);
        if (Tag is null && Client is null)
            ModelState.AddModelError(nameof(Tag), "标签和手机至少选一项，否则就是默认菜单");
        // A tag that it had already may stay while WeChat cannot be asked.
        var tagName = Tag is null ? "" : Tags.FirstOrDefault(t => t.Id == Tag)?.Name ?? (Tag == Variant?.Tag ? Variant!.TagName : null);
        if (tagName is null)
            ModelState.AddModelError(nameof(Tag), "没有找到这个标签，请重新选择");
        if (!ModelState.IsValid)
            return Page();
        return await variants.SaveAsync(new(id, Name.Trim(), Place, Tag, tagName!, Client, Input.Read(), Input.Version), Me.Name, ct) switch
        {
            VariantSaved.Saved => GoTo(MenuPage.Path, $"“{Name.Trim()}”已保存，还没有发布"),
            VariantSaved.NameTaken => Refuse("已有同名的菜单", nameof(Name)),
            VariantSaved.TooMany => Refuse($"最多 {IMenuVariants.Most} 个个性化菜单，请先删除不用的。"),
            VariantSaved.ChangedMeanwhile => Refuse("这个菜单刚被他人修改或删除，请返回后再改。"),
        };
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, int version, CancellationToken ct) =>
        GoTo(MenuPage.Path, await variants.DeleteAsync(id, version, Me.Name, ct) ? "已删除，发布后粉丝不再看到" : "没有删除：这个菜单刚被他人修改或删除");

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        Tags = (await tags.ListAsync(ct)).Value ?? [];
        if (id == 0)
            return true;
        Variant = (await variants.ListAsync(ct)).FirstOrDefault(v => v.Id == id);
        return Variant is not null;
    }
}
