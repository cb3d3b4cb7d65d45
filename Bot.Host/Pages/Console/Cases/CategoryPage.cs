using Bot.Data.Cases;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>One category: department, deadlines, questions, and where its cases go instead.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class CategoryPage(ICaseCategories categories) : ConsolePage
{
    private const string New = "new";
    private const int MostKeywords = 60;
    private const int MostOptions = 9;

    public override string Title => Known?.Name ?? "新建类别";

    public override IReadOnlyList<Crumb> Trail => [new("投诉工单", CasesPage.Path), new("类别与时限", CategoriesPage.Path)];

    /// <summary>Null: a new one.</summary>
    public CaseCategory? Known { get; private set; }

    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    [BindProperty]
    public CategoryForm Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct))
            return NotFound();
        Input = CategoryForm.Of(Known);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct))
            return NotFound();
        Input.WithSpare();
        if (Known is null && string.IsNullOrEmpty(Input.Code))
            ModelState.AddModelError("Input.Code", "请填写代码");
        if (!Enum.IsDefined(Input.Kind))
            ModelState.AddModelError("Input.Kind", "请选择种类");
        if (!ModelState.IsValid)
            return Page();
        if (Input.Overrides.Any(o => string.IsNullOrWhiteSpace(o.Words) != string.IsNullOrEmpty(o.Department))
            || Input.Questions.Any(q => string.IsNullOrWhiteSpace(q.Prompt) && !string.IsNullOrWhiteSpace(q.Options)))
            return Refuse("分派规则要同时填写关键词和部门；有选项的补充问题要填写问题。");
        var category = Input.Read(Known?.Code ?? Input.Code!, Known?.Kind ?? Input.Kind);
        if (category.Keywords.Length > MostKeywords)
            return Refuse($"关键词最多 {MostKeywords} 个", "Input.Keywords");
        if (category.Questions.Any(q => q.Options.Length > MostOptions))
            return Refuse($"一个问题最多 {MostOptions} 个选项");
        return await categories.SaveAsync(category, Me, ct)
            ? GoTo(CategoriesPage.Path, $"“{category.Name}”已保存，两秒内生效")
            : Refuse(Known is null ? "代码或名称已有同类使用，请换一个。" : "这个类别刚被他人修改，或名称与同种类的其他类别相同，请刷新后重试。");
    }

    private async Task<bool> LoadAsync(string code, CancellationToken ct)
    {
        Departments = await categories.DepartmentsAsync(ct);
        if (code == New)
            return true;
        Known = (await categories.AllAsync(ct)).FirstOrDefault(c => c.Code == code);
        return Known is not null;
    }
}
