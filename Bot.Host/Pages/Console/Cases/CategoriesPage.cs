using Bot.Data.Cases;
using Bot.Data.Staff;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>类别与时限: what can be filed, who answers it, and by when.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class CategoriesPage(ICaseCategories categories) : ConsolePage
{
    public const string Path = "/console/cases/categories";

    public override string Title => "类别与时限";

    public override string? Lead => "市民提交时选的类别，决定由谁办、多久答复、要问什么。";

    public override IReadOnlyList<Crumb> Trail => [new("投诉工单", CasesPage.Path)];

    public IReadOnlyList<CaseCategory> Categories { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Categories = await categories.AllAsync(ct);

    /// <summary>The deadlines in a few words.</summary>
    public static string Deadlines(CaseTerm term) =>
        term.AnswerHours is { } hours ? $"{hours} 小时" : $"{term.AcceptDays} / {term.AnswerDays} 个工作日";
}
