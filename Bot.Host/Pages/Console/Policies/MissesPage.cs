using System.ComponentModel.DataAnnotations;
using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>未答问题: what citizens asked and did not find; each becomes an alias, a synonym or a new entry in two clicks.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class MissesPage(PolicyLibrary policies, IPolicyMisses misses, MissDesk desk, SensitiveWords sensitive) : ConsolePage
{
    public const string Path = "/console/policies/misses";

    private const int Rows = 20;
    private const int Nearest = 3;
    private const int LongestAlias = 60;

    public override string Title => "未答问题";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int PageNumber { get; set; } = 1;

    public Slice List { get; private set; } = null!;

    public IReadOnlyList<(MissedQuestion Miss, IReadOnlyList<Hit> Nearest)> Misses { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    /// <summary>The document is called so from now on, and answers the question.</summary>
    public async Task<IActionResult> OnPostAliasAsync(string normal, string id, CancellationToken ct)
    {
        if (await misses.FindAsync(normal, ct) is not { } miss)
            return await RefuseAsync("这个问题已处理。", ct);
        var end = Math.Min(LongestAlias, miss.Question.Length);
        var alias = miss.Question[..(char.IsHighSurrogate(miss.Question[end - 1]) ? end - 1 : end)].Trim();
        if (sensitive.Holds(alias))
            return await RefuseAsync("叫法含有敏感词，请改用“市民的说法”或新增条目。", ct);
        return await DoneAsync(await desk.AliasAsync(normal, id, alias, Me.Name, ct), ct);
    }

    public async Task<IActionResult> OnPostSynonymAsync(string normal, string id, [StringLength(20)] string? word, [StringLength(200)] string? means, CancellationToken ct)
    {
        var words = WordsPage.Items(means);
        if (word?.Trim() is not { Length: > 0 and <= 20 } said || words.Length is 0 or > PolicySynonym.MostMeans)
            return await RefuseAsync($"请填写市民的说法（20 字以内）和文件里的词（最多 {PolicySynonym.MostMeans} 个）。", ct);
        return await DoneAsync(await desk.SynonymAsync(normal, said, words, id, Me.Name, ct), ct);
    }

    /// <summary>It is found by now, such as through a new entry.</summary>
    public async Task<IActionResult> OnPostAnsweredAsync(string normal, string id, CancellationToken ct) => await DoneAsync(await desk.AnsweredAsync(normal, id, Me.Name, ct), ct);

    public async Task<IActionResult> OnPostAsideAsync(string normal, CancellationToken ct)
    {
        await misses.SetAsideAsync(normal, Me.Name, ct);
        return GoTo(Path, "已搁置");
    }

    private async Task<IActionResult> DoneAsync(bool done, CancellationToken ct) =>
        done ? GoTo(Path, "已处理，等待答案的市民会收到通知") : await RefuseAsync("没有改动：内容没有发布，或问题已被他人处理。", ct);

    private async Task<IActionResult> RefuseAsync(string why, CancellationToken ct)
    {
        await LoadAsync(ct);
        return Refuse(why);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            PageNumber = 1;
        List = Slice.Of(Request, PageNumber, Rows, await misses.CountAsync(ct));
        Misses = [.. (await misses.ListAsync((PageNumber - 1) * Rows, Rows, ct)).Select(m => (m, Near(m.Question)))];
    }

    private Hit[] Near(string question)
    {
        var hits = new Hit[Nearest];
        return hits[..policies.Shelf.Index.Search(question, hits)];
    }
}
