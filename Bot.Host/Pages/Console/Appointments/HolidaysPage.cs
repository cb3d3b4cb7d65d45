using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>节假日: the days that are known, and the import of what the State Council or the office orders next.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class HolidaysPage(ICalendarDays days, CalendarLibrary calendar, IAppointmentSetup setup, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/halls/holidays";
    private const int Most = 400;

    public override string Title => "节假日与调休";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path), new("大厅与规则", HallsPage.Path)];

    public int LastKnownYear => calendar.Current.LastKnownYear;

    /// <summary>Next year's days are not known yet. The office's own year, which begins eight hours before that of UTC.</summary>
    public bool CalendarEnds => LastKnownYear <= Beijing.DateOf(clock.GetUtcNow()).Year;

    public IReadOnlyList<SpecialDay> Coming => [.. calendar.Current.SpecialDays.Where(d => d.Day >= Beijing.DateOf(clock.GetUtcNow())).OrderBy(d => d.Day)];

    [BindProperty, Required, StringLength(20_000)]
    public string Lines { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        List<SpecialDay> read = [];
        foreach (var (number, line) in Lines.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Trim().Length == 0)
                continue;
            if (line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries) is not [var day, var kind, var name] || name.Length > 40
                || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                || kind is not ("休" or "班" or "holiday" or "workday"))
                return Refuse($"第 {number + 1} 行不对：{(line.Length <= 40 ? line : line[..40])}", nameof(Lines));
            read.Add(new(date, kind is "班" or "workday", name));
        }

        if (read.Count is 0 or > Most)
            return Refuse($"请填写 1 至 {Most} 行", nameof(Lines));
        await days.ImportAsync(read, ct);
        calendar.Replace(await days.AllAsync(ct));
        var displaced = await setup.RefitAsync(Me, ct);
        return GoTo(Path, displaced.Count == 0 ? $"已导入 {read.Count} 天" : $"已导入 {read.Count} 天，正在为 {displaced.Count} 位市民推荐其他时段");
    }
}
