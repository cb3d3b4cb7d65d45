using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>What goes with the answer to a request for information. The address came in the chat, is signed, and lapses.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AnswerPage(DocumentLinks links, ICaseDocuments documents) : PageModel
{
    public string Number { get; private set; } = "";

    public DateTimeOffset Until { get; private set; }

    public bool Lapsed { get; private set; }

    public IReadOnlyList<CaseDocument> Documents { get; private set; } = [];

    /// <summary>Of the address.</summary>
    public string Base { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string number, long until, string signature, CancellationToken ct)
    {
        if (await links.ReadAsync(number, until, signature, ct) is not { } address)
            return NotFound();
        (Number, Until, Lapsed, Base) = (number, DateTimeOffset.FromUnixTimeSeconds(until), address is DocumentAddress.Lapsed, $"/answers/{number}/{until}/{signature}");
        if (Lapsed)
            Response.StatusCode = StatusCodes.Status410Gone;
        else
            Documents = await documents.SentAsync(number, ct);
        return Page();
    }
}
