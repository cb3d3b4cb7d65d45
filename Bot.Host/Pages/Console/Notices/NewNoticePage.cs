using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Notices;
using Bot.Handlers.Notices.Groups;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>写通知: template, words, people. Makes a draft; nothing goes out from here.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
[RequestSizeLimit(RecipientChoice.MostBytes + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = RecipientChoice.MostBytes + (1 << 20))]
public sealed class NewNoticePage(
    INotices notices, INoticeTemplates templates, NoticeComposer composer, LargeDrafts large, INoticeComposings composings, IEnumerable<INoticeGroup> groups, TimeProvider clock)
    : NoticeForm
{
    public const string Path = "/console/notices/new";
    private const int MostTimesShown = 7;

    public override string Title => Old is null ? "写通知" : "修改草稿";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    /// <summary>Those that this clerk may use.</summary>
    public IReadOnlyList<NoticeTemplate> Mine { get; private set; } = [];

    public NoticeTemplate? Chosen { get; private set; }

    public Notice? Old { get; private set; }

    /// <summary>Whether those of the draft may be kept: their words fit its template only.</summary>
    public bool MayKeep => Old is not null && Old.TemplateCode == Chosen?.Code;

    /// <summary>The draft came from a file, whose rows differ.</summary>
    public bool FromFile { get; private set; }

    /// <summary>Where the form goes.</summary>
    public string Here => $"{Path}?template={Uri.EscapeDataString(Chosen?.Code ?? "")}{(Old is null ? "" : $"&from={Old.Id}")}";

    public IReadOnlyList<GroupOffer> Groups { get; private set; } = [];

    /// <summary>Rows of the file that cannot be sent.</summary>
    public IReadOnlyList<RejectedRow> Bad { get; private set; } = [];

    /// <summary>The same file made this notice today.</summary>
    public Notice? Seen { get; private set; }

    private bool AnyTemplate => Me.Is(StaffRole.Administrator);

    public string Latest => Beijing.FieldOf(clock.GetUtcNow().AddDays(MostTimesShown));

    public string Soonest => Beijing.FieldOf(clock.GetUtcNow());

    /// <summary>Begun by another page, which knows whom it is for and what is opened on a tap.</summary>
    public static string For(string kind, string choice, string link) =>
        $"{Path}?kind={kind}&choice[{kind}]={Uri.EscapeDataString(choice)}&link={Uri.EscapeDataString(link)}";

    /// <param name="composing">What came to nothing.</param>
    public static string Mending(Guid composing, ComposingWish wish) =>
        $"{Path}?template={Uri.EscapeDataString(wish.Code)}&composing={composing}{(wish.Replaces is { } old ? $"&from={old}" : "")}";

    public static string Revising(Notice draft) => $"{Path}?template={Uri.EscapeDataString(draft.TemplateCode)}&from={draft.Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // Left out it is one citizen, and nothing is wrong.
        if (!Request.Query.ContainsKey(nameof(Kind)))
            ModelState.Remove(nameof(Kind));
        await LoadAsync(ct);
        if (From is not null && Old is null)
            return NotFound();
        if (Composing is { } before && await composings.FindAsync(before, ct) is { } composing && composing.By == Me.Name)
            FillIn(ComposingWish.Read(composing));
        else if (Old is { } old)
            FillIn(old, MayKeep, FromFile ? null : await notices.SampleAsync(old.Id, ct));
        return Page();
    }

    /// <summary>Another template, and what was filled in stays: it may say who somebody is, and is therefore in no address. A file has to be chosen again.</summary>
    [Repeatable]
    public async Task<IActionResult> OnPostTemplateAsync(string? wanted, CancellationToken ct)
    {
        var before = Template;
        Template = wanted;
        await LoadAsync(ct);
        if (From is not null && Old is null)
            return NotFound();
        if (Chosen is null)
        {
            Template = before;
            await LoadAsync(ct);
        }

        if (Kind == Kept && !MayKeep)
            Kind = One;
        Response.Headers["HX-Push-Url"] = Here;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (From is not null && Old is null)
            return NotFound();
        if (Chosen is null)
            return Refuse("请先选择模板。");
        if (At is not null && Beijing.Meant(At) is null)
            ModelState.AddModelError(nameof(At), "请填写七天之内的时间");
        if (Until is not null && Beijing.Meant(Until) is null)
            ModelState.AddModelError(nameof(Until), "请填写以后的时间");
        var (to, nobody) = await new RecipientChoice(Kind, To, Upload, Again, Choice.GetValueOrDefault(Kind), Old is not null).ReadAsync(Groups, Me, ct);
        if (nobody is not null)
            ModelState.AddModelError(RecipientChoice.FieldOf(Kind), nobody);
        if (to is null || !ModelState.IsValid)
            return Page();
        Handlers.Notices.Composition wish = new(Me.Name, Me.Department, AnyTemplate, Chosen.TemplateId, Written(Chosen.Latest), to, Link, Beijing.Meant(At), Urgent) { ExpiresAt = Beijing.Meant(Until), Replaces = Old };
        switch (LargeDrafts.IsFor(to, Old) ? await composer.RefusalAsync(wish, ct) : await composer.DraftAsync(wish, ct))
        {
            case null:
                return await BehindAsync(wish, ct);
            case Composed.Draft draft:
                return GoTo(NoticePage.Of(draft.Id), draft.Rejected == 0 ? "草稿已保存，请核对后提交审核" : $"草稿已保存，有 {draft.Rejected} 行没有收入，请核对");
            case Composed.SeenToday seen:
                Seen = seen.Before;
                return Refuse("同一个文件今天已经用过，请看下面的说明。", nameof(Upload));
            case Composed.Refused refused:
                Bad = refused.Rows;
                return Tell(refused.Problems);
            default:
                throw new InvalidOperationException("a composition came to nothing");
        }
    }

    private async Task<IActionResult> BehindAsync(Handlers.Notices.Composition wish, CancellationToken ct)
    {
        var expected = wish.To is NoticeTo.Group group
            ? Groups.FirstOrDefault(g => g.Group == group.Of)?.Choices.FirstOrDefault(c => c.Value == group.Choice)?.Count : Old?.Recipients;
        var begun = await large.BeginAsync(Me.Name, ComposingWish.Of(wish, Chosen!.Code), expected, ct);
        if (begun.Problems is { } problems)
            return Tell(problems);
        if (begun.Notice is not { } draft)
            return GoTo(ComposingPage.Of(begun.Id));
        var (place, told) = await ComposingPage.LeadOnAsync(notices, draft, CancellationToken.None);
        return GoTo(place, told);
    }

    private PageResult Tell(IReadOnlyDictionary<string, string> problems)
    {
        foreach (var (field, words) in problems)
            ModelState.AddModelError(Place(field), words);
        return Page();
    }

    // Beside the field that the words are about.
    private string Place(string field) => field switch
    {
        "url" => nameof(Link),
        "scheduledAt" => nameof(At),
        "expiresAt" => nameof(Until),
        "to" => RecipientChoice.FieldOf(Kind),
        _ => "",
    };

    private async Task LoadAsync(CancellationToken ct)
    {
        Mine = [.. (await templates.AllAsync(ct)).Where(t => t.Active && (AnyTemplate || t.IsFor(Me.Department)))];
        Chosen = Mine.FirstOrDefault(t => t.Code == Template);
        if (From is not null && await notices.FindAsync(From, ct) is { Status: NoticeStatus.Draft, Origin: NoticeOrigin.Console } draft && Me.Sees(draft))
            (Old, FromFile) = (draft, await notices.SourceAsync(draft.Id, ct) is not null);
        if (Chosen is not null)
            Groups = await GroupOffer.AllAsync(groups, Me, ct);
    }
}
