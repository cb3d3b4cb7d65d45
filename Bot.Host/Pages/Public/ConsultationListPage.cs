using Bot.Data.Consultations;
using Bot.Handlers.Participation.Consultations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>The consultations that are open, and those that are over with what came of them.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class ConsultationListPage(ConsultationLibrary library, IConsultations consultations, TimeProvider clock) : PageModel
{
    private const int Rows = 20;
    private const int MostPages = 1000;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public IReadOnlyList<PublishedConsultation> Open { get; private set; } = [];

    public IReadOnlyList<PublishedConsultation> Over { get; private set; } = [];

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public bool More { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "page")] int number = 1, CancellationToken ct = default)
    {
        Number = Math.Clamp(number, 1, MostPages);
        Open = library.OpenAt(Now);
        (Over, var total) = await consultations.OverAsync(Number, Rows, ct);
        More = total > Number * Rows;
    }
}
