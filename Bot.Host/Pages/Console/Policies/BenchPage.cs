using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Bot.Data.Staff;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>检索试验: what the bot would answer, and how sure it is. Nothing is recorded.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class BenchPage(PolicyLibrary library) : ConsolePage
{
    public const string Path = "/console/policies/bench";

    private const int Shown = 10;

    public override string Title => "检索试验";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(2000)]
    public string? Q { get; set; }

    public IReadOnlyList<Hit> Hits { get; private set; } = [];

    public string? LifeEvent { get; private set; }

    public double Microseconds { get; private set; }

    public bool Missed => Hits.Count == 0 || Hits[0].Confidence < PolicyIndex.Found;

    public void OnGet()
    {
        if (Q is not { Length: > 0 and <= 2000 })
            return;
        var shelf = library.Shelf;
        LifeEvent = shelf.LifeEvents.Find(QuestionText.Of(Q))?.Name;
        var hits = new Hit[Shown];
        var began = Stopwatch.GetTimestamp();
        var count = shelf.Index.Search(Q, hits);
        Microseconds = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        Hits = hits[..count];
    }
}
