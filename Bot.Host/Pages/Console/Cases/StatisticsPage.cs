using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>工单统计: how many, how fast, how well; and the list to take away.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer)]
public sealed class StatisticsPage(ICaseFigures figures, CaseCatalogue catalogue, IAuditLog audit, TimeProvider clock) : ConsolePage
{
    private const int DefaultDays = 30;
    private const int MostDays = 1100;

    public override string Title => "工单统计";

    public override IReadOnlyList<Crumb> Trail => [new("投诉工单", CasesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public DateOnly First { get; private set; }

    public DateOnly Last { get; private set; }

    public IReadOnlyList<CaseFigure> ByCategory { get; private set; } = [];

    public IReadOnlyList<CaseFigure> ByDepartment { get; private set; } = [];

    public IReadOnlyList<CaseFigure> ByKind { get; private set; } = [];

    public IReadOnlyList<CaseFigure> ByDay { get; private set; } = [];

    /// <summary>False: some days are still being counted.</summary>
    public bool IsWhole { get; private set; } = true;

    public int Filed => ByKind.Sum(f => f.Filed);

    public static string Rate(int part, int whole) => whole == 0 ? "—" : $"{part * 100.0 / whole:0.#}%";

    public string NameOf(CaseGrouping by, string key) => by switch
    {
        CaseGrouping.Category => catalogue.Find(key)?.Name ?? key,
        CaseGrouping.Department => catalogue.NameOf(key.Length == 0 ? null : key),
        CaseGrouping.Kind => CaseWords.ReadKind(key)?.Shown ?? key,
        CaseGrouping.Day => key[5..],
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        Settle();
        (var found, IsWhole) = await figures.ReadAsync(First, Last, Me, ct);
        (ByKind, ByCategory, ByDepartment) = (found[CaseGrouping.Kind], found[CaseGrouping.Category], found[CaseGrouping.Department]);
        var days = found[CaseGrouping.Day].ToDictionary(d => d.Key);
        ByDay =
        [
            .. Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1).Select(i => First.AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                .Select(day => days.GetValueOrDefault(day) ?? new(day, 0, 0, 0, 0, null, 0, 0)),
        ];
    }

    /// <summary>The cases of the period, streamed.</summary>
    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        Settle();
        await audit.WriteAsync(new(Me.Name, "case.export", "case", "list")
        {
            Details = new Dictionary<string, string?> { ["from"] = $"{First:yyyy-MM-dd}", ["to"] = $"{Last:yyyy-MM-dd}" },
        }, ct);
        var excel = format == "xlsx";
        var name = $"cases-{First:yyyyMMdd}-{Last:yyyyMMdd}.{(excel ? "xlsx" : "csv")}";
        Response.ContentType = excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await Bot.Handlers.Complaints.CaseExport.WriteAsync(figures.ExportAsync(First, Last, Me, ct), catalogue, Response.Body, excel, ct);
        return new EmptyResult();
    }

    // A period that cannot be is the last thirty days.
    private void Settle()
    {
        var today = Beijing.DateOf(clock.GetUtcNow());
        (First, Last) = (From ?? today.AddDays(1 - DefaultDays), To ?? today);
        if (Last < First || Last.DayNumber - First.DayNumber > MostDays)
            (First, Last) = (today.AddDays(1 - DefaultDays), today);
    }
}
