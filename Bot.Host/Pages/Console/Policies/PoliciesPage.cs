using System.ComponentModel.DataAnnotations;
using Bot.Data.Audit;
using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Handlers.Policies.Search;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>政策库: what is published.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PoliciesPage(PolicyLibrary library, IPolicies policies, IAuditLog audit, FreshnessRule rule, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/policies";

    private const int Rows = 30;
    private const int MostFound = 50;

    public override string Title => "政策库";

    [BindProperty(SupportsGet = true), StringLength(100)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true), StringLength(40)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public PolicyType? Type { get; set; }

    [BindProperty(SupportsGet = true)]
    public Validity? State { get; set; }

    [BindProperty(SupportsGet = true), StringLength(20)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Policy> Found { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public IReadOnlyList<string> Categories { get; private set; } = [];

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public DateOnly Today { get; } = Beijing.DateOf(clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken ct)
    {
        var shelf = library.Shelf;
        Categories = [.. shelf.Categories.Select(c => c.Name)];
        var fresh = await policies.FreshnessAsync(Today, rule.LapseWarningDays, ct);
        Warnings =
        [
            .. rule.Stale(fresh, clock.GetUtcNow()) is { } stale ? [$"{stale}，请看看有没有该发布的政策。"] : Array.Empty<string>(),
            .. fresh.Lapsing.Take(5).Select(l => $"《{l.Title}》{l.LapsesOn.AddDays(-1):M月d日}后失效，请准备替代文件或延期。"),
        ];
        Policy[] all = [.. Sorted(Asked(shelf).Where(p =>
            (Category is not { Length: > 0 } || p.Category == Category) && (Type is null || p.Type == Type) && (State is null || p.ValidityOn(Today) == State)))];
        if (!ModelState.IsValid)
            PageNumber = 1;
        List = Slice.Of(Request, PageNumber, Rows, all.Length);
        Found = [.. all.Skip((PageNumber - 1) * Rows).Take(Rows)];
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        if (PolicyExport.FormatOf($".{format}") is not { } kind)
            return NotFound();
        var all = await policies.PublishedAsync(ct);
        using MemoryStream file = new();
        await PolicyExport.WriteAsync(kind, all, file, ct);
        await audit.WriteAsync(new(Me.Name, "policy.export", "policy", "all"), ct);
        return File(file.ToArray(), "application/octet-stream", $"政策库-{Today:yyyyMMdd}.{kind.ToString().ToLowerInvariant()}");
    }

    // In the order in which they were found, unless a column is asked for.
    private IEnumerable<Policy> Sorted(IEnumerable<Policy> found) => Sort switch
    {
        "title" => found.OrderBy(p => p.Title, StringComparer.CurrentCulture),
        "-title" => found.OrderByDescending(p => p.Title, StringComparer.CurrentCulture),
        "id" => found.OrderBy(p => p.Id, StringComparer.Ordinal),
        "-id" => found.OrderByDescending(p => p.Id, StringComparer.Ordinal),
        "updated" => found.OrderBy(p => p.UpdatedAt),
        "-updated" => found.OrderByDescending(p => p.UpdatedAt),
        _ => found,
    };

    // Words are searched as citizens search; an id is looked up.
    private IEnumerable<Policy> Asked(Shelf shelf)
    {
        if (Q?.Trim() is not { Length: > 0 } asked)
            return shelf.ById.Values.OrderByDescending(p => p.UpdatedAt).ThenBy(p => p.Id, StringComparer.Ordinal);
        if (shelf.ById.TryGetValue(asked, out var named))
            return [named];
        var hits = new Hit[MostFound];
        var count = shelf.Index.Search(asked, hits);
        var titled = shelf.ById.Values.Where(p => p.Title.Contains(asked, StringComparison.OrdinalIgnoreCase)).OrderBy(p => p.Title.Length);
        return titled.Concat(hits.Take(count).Where(h => h.Confidence >= PolicyIndex.Found / 2).Select(h => shelf.ById[h.Id])).DistinctBy(p => p.Id);
    }
}
