using Bot.Data.Privacy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>All that is kept about the citizen who asked for it in the chat. The key is in the address only, lapses within the hour, and is kept as a digest.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
[ResponseCache(NoStore = true)]
public sealed class MyDataPage(IPrivacyRequests requests) : PageModel
{
    private const int KeyLength = 32;

    public IReadOnlyList<RecordSection> Sections { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (key.Length != KeyLength || await requests.ExportAsync(key, HttpContext.RequestAborted) is not { } sections)
            return NotFound();
        Sections = sections;
        return Page();
    }
}
