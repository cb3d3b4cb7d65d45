using System.ComponentModel.DataAnnotations;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>常用语: what is written again and again, by what it is written for.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent)]
public sealed class PhrasesPage(ICasePhrases phrases) : ConsolePage
{
    public const string Path = "/console/cases/phrases";

    public override string Title => "工单常用语";

    public override string? Lead => "办理工单时点一下就填进去的话；部门办理员也看得到。";

    public override IReadOnlyList<Crumb> Trail => [new("投诉工单", CasesPage.Path)];

    [BindProperty(SupportsGet = true, Name = "edit")]
    public long? Edit { get; set; }

    public IReadOnlyList<CasePhrase> Phrases { get; private set; } = [];

    [BindProperty]
    public PhraseForm Input { get; set; } = new();

    public static string NameOf(string act) => act switch
    {
        "reply" => "答复市民", "refuse" => "不予受理", "return" => "退单", "ask" => "请市民补充", "extend" => "申请延期", "dispatch" => "转办", "call" => "登记回访",
        _ => act,
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Edit is not { } id)
            return Page();
        if (Phrases.FirstOrDefault(p => p.Id == id) is not { } known)
            return NotFound();
        Input = new() { Act = known.Act, Name = known.Name, Words = known.Words };
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (!CasePhrase.Acts.Contains(Input.Act))
            ModelState.AddModelError("Input.Act", "请选择用在哪里");
        if (!ModelState.IsValid)
            return await AgainAsync(null, ct);
        return await phrases.SaveAsync(new(Input.Act, Input.Name.Trim(), Input.Words.ReplaceLineEndings("\n").Trim(), Edit ?? 0), Me, ct)
            ? GoTo(Path, "已保存")
            : await AgainAsync("没有保存：同一处已有这个名字，或这条刚被删除。", ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Phrases.FirstOrDefault(p => p.Id == id) is not { } gone || !await phrases.DeleteAsync(id, Me, ct))
            return GoTo(Path, "这条已经不在了");
        return GoTo(Path, $"已删除“{gone.Name}”", new Undo($"{Path}?handler=Save", new() { ["Input.Act"] = gone.Act, ["Input.Name"] = gone.Name, ["Input.Words"] = gone.Words }));
    }

    private async Task<IActionResult> AgainAsync(string? problem, CancellationToken ct)
    {
        await LoadAsync(ct);
        return problem is null ? Page() : Refuse(problem, "Input.Name");
    }

    private async Task LoadAsync(CancellationToken ct) => Phrases = await phrases.AllAsync(ct);

    public sealed class PhraseForm
    {
        public string Act { get; set; } = "reply";

        [Required(ErrorMessage = "请填写名字"), StringLength(30)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "请填写内容"), StringLength(1000)]
        public string Words { get; set; } = "";
    }
}
