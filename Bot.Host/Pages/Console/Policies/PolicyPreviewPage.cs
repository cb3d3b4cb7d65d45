using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Host.Pages.Public;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>The copy as its public page will look.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PolicyPreviewPage(PolicyLibrary library, IPolicyDrafts drafts, IAttachments attachments, TimeProvider clock) : ConsolePage
{
    public override string Title => "预览";

    public DocumentView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        var draft = await drafts.FindAsync(id, ct);
        if ((draft?.Content ?? library.Shelf.ById.GetValueOrDefault(id)) is not { } policy)
            return NotFound();
        var shown = policy.UpdatedAt == default ? policy with { UpdatedAt = clock.GetUtcNow() } : policy;
        View = DocumentView.Of(shown, library.Shelf, Beijing.DateOf(clock.GetUtcNow())) with { Files = await attachments.DescribeAsync(policy.Attachments, ct) };
        return Page();
    }
}
