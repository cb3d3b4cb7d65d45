using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>依申请公开: what is in work, and the table of the yearly report.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent)]
public sealed class DisclosuresPage(ICaseFigures figures, ICaseDesk desk, CaseCatalogue catalogue, IAuditLog audit, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/disclosures";

    /// <summary>The queue, of requests alone.</summary>
    public const string Queue = $"{CasesPage.Path}?kind=Disclosure";

    private const int FirstYear = 2020;
    private const int Urgent = 8;

    public override string Title => "依申请公开";

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IEnumerable<int> Years => Enumerable.Range(0, 3).Select(i => Today.Year - i).Where(y => y >= FirstYear);

    public DisclosureReport Report { get; private set; } = null!;

    /// <summary>In work, the most urgent first.</summary>
    public IReadOnlyList<CaseFile> Open { get; private set; } = [];

    public CaseCatalogue Catalogue => catalogue;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    private DateOnly Today => Beijing.DateOf(Now);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Report = await ReadAsync(ct);
        Open = (await desk.ListAsync(new(CaseView.Open, CaseOrder.Due, CaseKind.Disclosure, Limit: Urgent), Me, ct)).Cases;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var report = await ReadAsync(ct);
        await audit.WriteAsync(new(Me.Name, "case.export", "case", "disclosures")
        {
            Details = new Dictionary<string, string?> { ["year"] = report.Year.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"disclosures-{report.Year}.csv\"";
        await report.WriteAsync(Response.Body, ct);
        return new EmptyResult();
    }

    // A year that cannot be is this one.
    private async Task<DisclosureReport> ReadAsync(CancellationToken ct)
    {
        var year = Year is { } asked && asked >= FirstYear && asked <= Today.Year ? asked : Today.Year;
        return new(year, await figures.DisclosuresAsync(year, ct));
    }
}
