using System.ComponentModel.DataAnnotations;
using Bot.Data.Articles;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>信息发布: the desk's articles.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ArticlesPage(IArticleFolder folder, IArticleColumns columns) : ConsolePage
{
    public const string Path = "/console/articles";

    private const int Rows = 20;
    private const int MostPages = 1000;

    public override string Title => "信息发布";

    [BindProperty(SupportsGet = true), StringLength(60)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public ArticleState? State { get; set; }

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Column { get; set; }

    // “page” is taken: Razor Pages routes by it, and would bind the page's own name.
    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<ArticleColumn> Columns { get; private set; } = [];

    public IReadOnlyList<ArticleRow> Articles { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Columns = await columns.AllAsync(ct);
        Number = Math.Clamp(Number, 1, MostPages);
        var known = State is { } state && Enum.IsDefined(state) ? state : (ArticleState?)null;
        ArticleFilter filter = new(known, Column ?? "", Q?.Trim() ?? "", Number - 1, Rows);
        (Articles, var total) = ModelState.IsValid ? await folder.ListAsync(filter, ct) : ([], 0);
        // Behind the last page: the first.
        if (Articles.Count == 0 && Number > 1)
        {
            Number = 1;
            (Articles, total) = await folder.ListAsync(filter with { Page = 0 }, ct);
        }

        List = Slice.Of(Request, Number, Rows, total);
    }
}
