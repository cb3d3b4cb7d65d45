using System.ComponentModel.DataAnnotations;
using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>同义词与一件事: the office's own words, and the bundles of matters that a life event brings.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class WordsPage(IPolicyWords words, PolicyLibrary library) : ConsolePage
{
    public const string Path = "/console/policies/words";

    private static readonly char[] s_between = ['、', '，', ',', ' ', '\n', '\r', ';', '；'];

    public override string Title => "同义词与一件事";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    public IReadOnlyList<PolicySynonym> Synonyms { get; private set; } = [];

    public IReadOnlyList<LifeEvent> LifeEvents { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public string TitleOf(string id) => library.Shelf.ById.GetValueOrDefault(id)?.Title ?? $"{id}（没有发布）";

    public async Task<IActionResult> OnPostSynonymAsync([StringLength(20)] string? word, [StringLength(200)] string? means, CancellationToken ct)
    {
        var items = Items(means);
        if (word?.Trim() is not { Length: > 0 and <= 20 } said || items.Length > PolicySynonym.MostMeans)
            return await RefuseAsync($"市民的说法为 1 到 20 个字，文件里的词最多 {PolicySynonym.MostMeans} 个。", ct);
        await words.SetSynonymAsync(said, items, Me.Name, ct);
        return GoTo(Path, items.Length == 0 ? $"“{said}”不再当作同义词" : "已保存");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string word, CancellationToken ct)
    {
        await words.RemoveSynonymAsync(word, Me.Name, ct);
        return GoTo(Path, "已删除");
    }

    public async Task<IActionResult> OnPostEventAsync(
        string? id, [StringLength(30)] string? name, [StringLength(1000)] string? phrases, [StringLength(400)] string? matters, int place, bool isNew, CancellationToken ct)
    {
        string[] said = [.. Items(phrases).Distinct()], ids = [.. Items(matters).Distinct()];
        if (id is null || id.Length > 32 || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || id.Length == 0)
            return await RefuseAsync("代号只能用小写字母、数字和 -。", ct);
        if (name?.Trim() is not { Length: > 0 and <= 30 } called || said.Length is 0 or > 40 || ids.Length is 0 or > 9)
            return await RefuseAsync("名称 1 到 30 个字，说法 1 到 40 个，事项 1 到 9 个。", ct);
        if (ids.FirstOrDefault(i => !library.Shelf.ById.ContainsKey(i)) is { } unknown)
            return await RefuseAsync($"没有编号为 {unknown} 的内容。", ct);
        if (!isNew && (await words.LifeEventsAsync(ct)).All(e => e.Id != id))
            return await RefuseAsync("这件事已经不在了，请刷新后再看。", ct);
        LifeEvent life = new(id, called, said, ids, Math.Clamp(place, 0, 9999));
        if (!isNew)
            await words.SetLifeEventAsync(life, Me.Name, ct);
        else if (!await words.AddLifeEventAsync(life, Me.Name, ct))
            return await RefuseAsync($"代号“{id}”已经有了，请换一个；要改原来的，请在上面展开它修改。", ct);
        return GoTo(Path, "已保存");
    }

    public async Task<IActionResult> OnPostRemoveEventAsync(string id, CancellationToken ct)
    {
        await words.RemoveLifeEventAsync(id, Me.Name, ct);
        return GoTo(Path, "已删除");
    }

    internal static string[] Items(string? text) => (text ?? "").Split(s_between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private async Task<IActionResult> RefuseAsync(string why, CancellationToken ct)
    {
        await LoadAsync(ct);
        return Refuse(why);
    }

    private async Task LoadAsync(CancellationToken ct) => (Synonyms, LifeEvents) = (await words.SynonymsAsync(ct), await words.LifeEventsAsync(ct));
}
