using System.ComponentModel.DataAnnotations;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>民意征集: draft policies that the public is asked about.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ConsultationsPage(IConsultationDesk desk, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/consultations";
    private const int Size = 30;

    public override string Title => "民意征集";

    public override string Lead => "就征求意见稿听取意见，结束后公布采纳情况";

    [BindProperty(SupportsGet = true), StringLength(60)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int Number { get; set; } = 1;

    public bool MayWrite => Me.Is(StaffRole.Editor, StaffRole.Administrator);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public IReadOnlyList<ConsultationRow> Rows { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var total = 0;
        if (ModelState.IsValid)
            (Rows, total) = await desk.ListAsync((Q ?? "").Trim(), Number, Size, ct);
        List = Slice.Of(Request, Number, Size, total);
    }
}
