using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>How far the list of a notice for a group is; leads on to the draft by itself.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
public sealed class ComposingPage(INoticeComposings composings, INotices notices) : ConsolePage
{
    private const string Root = "/console/notices/composing";

    public override string Title => "正在收集名单";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public NoticeComposing Composing { get; private set; } = null!;

    public string Here => Of(Id);

    /// <summary>The form, filled in as it was.</summary>
    public string Form => NewNoticePage.Mending(Id, ComposingWish.Read(Composing));

    public static string Of(Guid id) => $"{Root}/{id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await composings.FindAsync(Id, ct) is not { } composing || composing.By != Me.Name)
            return NotFound();
        Composing = composing;
        if (composing.Notice is not { } draft)
            return Page();
        var place = await LeadOnAsync(notices, draft, ct);
        var redirect = GoTo(place.Path, place.Words);
        if (!Request.Headers.ContainsKey("HX-Request"))
            return redirect;
        // The part that looked is not on the page that comes.
        Response.Headers["HX-Redirect"] = redirect.Url;
        return new EmptyResult();
    }

    /// <summary>The draft, and what to tell there.</summary>
    internal static async Task<(string Path, string Words)> LeadOnAsync(INotices notices, string draft, CancellationToken ct) => (
        NoticePage.Of(draft),
        (await notices.RejectedAsync(draft, ct)).Count is > 0 and var left ? $"草稿已保存，有 {left} 行没有收入，请核对" : "草稿已保存，请核对后提交审核");
}
