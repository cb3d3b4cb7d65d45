using System.ComponentModel.DataAnnotations;
using Bot.Data.Conversations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>常用语: sentences at hand while answering.</summary>
[StaffOnly(StaffRole.Agent)]
public sealed class CannedPage(IConversations conversations) : ConsolePage
{
    public const string Path = "/console/canned-replies";

    public override string Title => "常用语";

    public override IReadOnlyList<Crumb> Trail => [new("客服会话", ConversationsPage.Path)];

    public IReadOnlyList<CannedReply> All { get; private set; } = [];

    [BindProperty]
    [Required(ErrorMessage = "请填写标题")]
    [StringLength(20)]
    public string Name { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "请填写内容")]
    [StringLength(ConversationsPage.LongestAnswer)]
    public string Words { get; set; } = "";

    public async Task OnGetAsync(CancellationToken ct) => All = await conversations.CannedAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        All = await conversations.CannedAsync(ct);
        if (!ModelState.IsValid)
            return Page();
        return await conversations.AddCannedAsync(Name.Trim(), Words.ReplaceLineEndings("\n").Trim(), Me, ct)
            ? GoTo(Path, "已添加")
            : Refuse("已有同名的常用语", nameof(Name));
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct)
    {
        if ((await conversations.CannedAsync(ct)).FirstOrDefault(c => c.Id == id) is not { } gone)
            return GoTo(Path, "这条已经不在了");
        await conversations.DeleteCannedAsync(id, Me, ct);
        return GoTo(Path, $"已删除“{gone.Title}”", new Undo($"{Path}?handler=Add", new() { ["Name"] = gone.Title, ["Words"] = gone.Words }));
    }
}
