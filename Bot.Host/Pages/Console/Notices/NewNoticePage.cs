using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Notices;
using Bot.Handlers.Notices.Groups;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>写通知: template, words, people. Makes a draft; nothing goes out from here.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
[RequestSizeLimit(MostBytes + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes + (1 << 20))]
public sealed class NewNoticePage(
    INotices notices, INoticeTemplates templates, NoticeComposer composer, INoticeComposings composings, IEnumerable<INoticeGroup> groups, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/notices/new";
    public const string One = "one";
    public const string Table = "file";
    public const string Kept = ComposingWish.Kept;

    private const int MostBytes = 32 << 20;
    private const int MostTimesShown = 7;

    // More than that are copied behind the page.
    private const int ManyKept = 1_000;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public override string Title => Old is null ? "写通知" : "修改草稿";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(128)]
    public string? Template { get; set; }

    [BindProperty]
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>The draft that is written anew.</summary>
    [BindProperty(SupportsGet = true), StringLength(21)]
    public string? From { get; set; }

    /// <summary>What came to nothing, to be written anew.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Composing { get; set; }

    /// <summary>one, file, kept, or a group's kind.</summary>
    [BindProperty(SupportsGet = true), StringLength(20)]
    public string Kind { get; set; } = One;

    [BindProperty, StringLength(128)]
    public string? To { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public bool Again { get; set; }

    /// <summary>By the group's kind.</summary>
    [BindProperty(SupportsGet = true)]
    public Dictionary<string, string> Choice { get; set; } = [];

    [BindProperty(SupportsGet = true), StringLength(1024)]
    public string? Link { get; set; }

    [BindProperty, Told]
    public DateTime? At { get; set; }

    /// <summary>Not sent after this.</summary>
    [BindProperty, Told]
    public DateTime? Until { get; set; }

    [BindProperty]
    public bool Urgent { get; set; }

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

    public IReadOnlyList<(INoticeGroup Group, IReadOnlyList<GroupChoice> Choices, string? Fault)> Groups { get; private set; } = [];

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
            await FillInAsync(old, ct);
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
        if (await ToAsync(ct) is not { } to || !ModelState.IsValid)
            return Page();
        var fields = Chosen.Latest.Fields.Where(f => Fields.GetValueOrDefault(f.Name) is { Length: > 0 }).ToDictionary(f => f.Name, f => Fields[f.Name].Trim());
        var wish = new Handlers.Notices.Composition(Me.Name, Me.Department, AnyTemplate, Chosen.TemplateId, fields, to, Link, Beijing.Meant(At), Urgent) { ExpiresAt = Beijing.Meant(Until), Replaces = Old };
        var behind = to is NoticeTo.Group || to is NoticeTo.Kept && Old is { Recipients: > ManyKept };
        switch (behind ? await composer.RefusalAsync(wish, ct) : await composer.DraftAsync(wish, ct))
        {
            case null:
                return await BehindAsync(wish, to, ct);
            case Composed.Draft draft:
                return GoTo(NoticePage.Of(draft.Id), draft.Rejected == 0 ? "草稿已保存，请核对后提交审核" : $"草稿已保存，有 {draft.Rejected} 行没有收入，请核对");
            case Composed.SeenToday seen:
                Seen = seen.Before;
                return Refuse("同一个文件今天已经用过，请看下面的说明。", nameof(Upload));
            case Composed.Refused refused:
                Bad = refused.Rows;
                foreach (var (field, words) in refused.Problems)
                    ModelState.AddModelError(Place(field), words);
                return Page();
            default:
                throw new InvalidOperationException("a composition came to nothing");
        }
    }

    // A small group is there before anybody wonders; of a large one the next page tells how far it is.
    private async Task<IActionResult> BehindAsync(Handlers.Notices.Composition wish, NoticeTo to, CancellationToken ct)
    {
        var expected = to is NoticeTo.Group group ? Groups.FirstOrDefault(g => g.Group == group.Of).Choices.FirstOrDefault(c => c.Value == group.Choice)?.Count : Old?.Recipients;
        var id = await composings.BeginAsync(Me.Name, ComposingWish.Of(wish, Chosen!.Code).Write(), expected, ct);
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < s_patience; await Task.Delay(s_look, clock, ct))
        {
            if (await composings.FindAsync(id, ct) is not { } now || now is { Notice: null, Problems: null })
                continue;
            if (now.Notice is not { } draft)
            {
                foreach (var (field, words) in now.Problems!)
                    ModelState.AddModelError(Place(field), words);
                return Page();
            }

            var (place, told) = await ComposingPage.LeadOnAsync(notices, draft, ct);
            return GoTo(place, told);
        }

        return GoTo(ComposingPage.Of(id));
    }

    // Beside the field that the words are about.
    private string Place(string field) => field switch
    {
        "url" => nameof(Link),
        "scheduledAt" => nameof(At),
        "expiresAt" => nameof(Until),
        "to" => Kind == One ? nameof(To) : Kind == Table ? nameof(Upload) : Kind == Kept ? nameof(Kind) : $"Choice[{Kind}]",
        _ => "",
    };

    private async Task<NoticeTo?> ToAsync(CancellationToken ct)
    {
        if (Kind == One)
            return new NoticeTo.One(To ?? "");
        if (Kind == Kept && Old is not null)
            return new NoticeTo.Kept();
        if (Kind == Table)
        {
            if (Upload is not { Length: > 0 } file)
            {
                ModelState.AddModelError(nameof(Upload), "请选择文件");
                return null;
            }

            if (file.Length > MostBytes)
            {
                ModelState.AddModelError(nameof(Upload), $"文件最大 {MostBytes >> 20} MB");
                return null;
            }

            using MemoryStream bytes = new((int)file.Length);
            await file.CopyToAsync(bytes, ct);
            var name = System.IO.Path.GetFileName(file.FileName);
            return new NoticeTo.File(name.Length <= 80 ? name : name[..80], bytes.ToArray(), Again);
        }

        if (Groups.FirstOrDefault(g => g.Group.Kind == Kind).Group is { } group && Choice.GetValueOrDefault(Kind) is { Length: > 0 and <= 200 } choice && group.IsFor(Me, choice))
            return new NoticeTo.Group(group, choice);
        ModelState.AddModelError($"Choice[{Kind}]", "请选择发给谁");
        return null;
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Mine = [.. (await templates.AllAsync(ct)).Where(t => t.Active && (AnyTemplate || t.IsFor(Me.Department)))];
        Chosen = Mine.FirstOrDefault(t => t.Code == Template);
        if (From is not null && await notices.FindAsync(From, ct) is { Status: NoticeStatus.Draft, Origin: NoticeOrigin.Console } draft && Me.Sees(draft))
            (Old, FromFile) = (draft, await notices.SourceAsync(draft.Id, ct) is not null);
        if (Chosen is not null)
            Groups = await Task.WhenAll(groups.Select(group => ReadAsync(group, ct)));
    }

    private void FillIn(ComposingWish wish)
    {
        (Kind, Link, Urgent, Fields) = (wish.Kind, wish.Link, wish.Urgent, wish.Fields.ToDictionary());
        (At, Until) = (wish.At?.ToOffset(Beijing.Offset).DateTime, wish.Until?.ToOffset(Beijing.Offset).DateTime);
        if (wish.Choice is { } choice)
            Choice[wish.Kind] = choice;
    }

    // A file's columns say something else to everybody: those are not shown as if they held for all.
    private async Task FillInAsync(Notice old, CancellationToken ct)
    {
        (Kind, Link, Urgent) = (MayKeep ? Kept : One, old.Url, old.Lane is NoticeLane.Urgent);
        (At, Until) = (old.ScheduledAt?.ToOffset(Beijing.Offset).DateTime, old.ExpiresAt?.ToOffset(Beijing.Offset).DateTime);
        if (!FromFile && await notices.SampleAsync(old.Id, ct) is { } sample)
            Fields = sample.Data.ToDictionary();
    }

    private async Task<(INoticeGroup, IReadOnlyList<GroupChoice>, string?)> ReadAsync(INoticeGroup group, CancellationToken ct)
    {
        try
        {
            return (group, [.. (await group.ChoicesAsync(ct)).Where(choice => group.IsFor(Me, choice.Value))], null);
        }
        catch (NoticeGroupException e)
        {
            return (group, [], e.Message);
        }
    }
}
