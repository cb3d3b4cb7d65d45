using System.ComponentModel.DataAnnotations;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers.Language;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>敏感词: the office's list of words that must not become public, and a text to try it on.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Editor)]
public sealed class SensitiveWordsPage(ISensitiveWords words) : ConsolePage
{
    public const string Path = "/console/sensitive-words";

    private const int Size = 60;
    private const int MostAtOnce = 200;
    private const int ShortestWord = 2;
    private const int LongestWord = 40;

    public override string Title => "敏感词";

    public override string Lead => "政策、文章和公开的工单发布前都按这张表检查；全角、繁体、大写或夹着空格和标点的写法也认得出";

    [BindProperty(SupportsGet = true)]
    [StringLength(LongestWord)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    [Range(1, 1000)]
    public int Number { get; set; } = 1;

    /// <summary>One a line, or with commas between.</summary>
    [BindProperty]
    [StringLength(MostAtOnce * (LongestWord + 1))]
    public string? Words { get; set; }

    /// <summary>Looked through, kept nowhere.</summary>
    [BindProperty]
    [StringLength(2000)]
    public string? Trial { get; set; }

    public IReadOnlyList<SensitiveWord> Shown { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>What the trial found; null when nothing was tried.</summary>
    public IReadOnlyList<SensitiveSpot>? Found { get; private set; }

    public Slice List { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        string[] added = [.. (Words ?? "").Split(['\n', '\r', '、', '，', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        var problem = added switch
        {
            [] => "请填写敏感词",
            { Length: > MostAtOnce } => $"一次最多添加 {MostAtOnce} 个",
            _ when Array.Find(added, w => w.Length is < ShortestWord or > LongestWord) is { } odd => $"“{(odd.Length > LongestWord ? odd[..LongestWord] + "…" : odd)}”不行：每个词 {ShortestWord} 至 {LongestWord} 个字",
            _ when Array.Find(added, w => !w.Any(char.IsLetterOrDigit)) is { } marks => $"“{marks}”里没有文字，认不出来",
            _ => null,
        };
        if (problem is not null)
            ModelState.AddModelError(nameof(Words), problem);
        if (!ModelState.IsValid)
        {
            await LoadAsync(ct);
            return Page();
        }

        var fresh = await words.AddAsync(added, Me.Name, ct);
        return GoTo(Path, fresh == added.Length ? $"已添加 {fresh} 个，几秒内生效" : $"已添加 {fresh} 个，另外 {added.Length - fresh} 个早已在表里");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? word, CancellationToken ct) =>
        word is { Length: > 0 and <= LongestWord } && await words.RemoveAsync(word, Me.Name, ct)
            ? GoTo(Path, $"“{word}”已删除", new Undo($"{Path}?handler=Add", new() { ["Words"] = word }))
            : GoTo(Path, "这个词已经不在表里");

    [Repeatable]
    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (string.IsNullOrWhiteSpace(Trial))
            ModelState.AddModelError(nameof(Trial), "请填写要检查的文字");
        if (ModelState.IsValid)
        {
            // By the list as it is now, also where this host has not heard of the last change yet.
            SensitiveWords list = new();
            list.Replace((await words.AllAsync(ct)).Select(w => w.Word));
            Found = list.Find(Trial!);
        }

        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var all = await words.AllAsync(ct);
        Count = all.Count;
        SensitiveWord[] found = [.. all.Where(w => string.IsNullOrWhiteSpace(Q) || w.Word.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase))];
        Shown = [.. found.Skip((Math.Clamp(Number, 1, 1000) - 1) * Size).Take(Size)];
        List = Slice.Of(Request, Number, Size, found.Length);
    }
}
