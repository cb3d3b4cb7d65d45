using System.Globalization;
using System.Text;
using Bot.Data.Cases;
using CsvHelper;

namespace Bot.Handlers.Complaints;

/// <summary>The yearly report's table: requests that came, what was decided, and what is left, by applicant.</summary>
/// <remarks>Source: 政府信息公开工作年度报告格式 (国办公开办函〔2021〕30号), table 三.</remarks>
public sealed class DisclosureReport
{
    private readonly Dictionary<(string Row, string Applicant), int> _counts;

    public DisclosureReport(int year, IEnumerable<DisclosureFigure> figures)
    {
        Year = year;
        _counts = figures.ToDictionary(f => (f.Row, f.Applicant), f => f.Count);
        Rows =
        [
            Row("new", "", "一、本年新收政府信息公开申请数量", strong: true),
            Row("carried", "", "二、上年结转政府信息公开申请数量", strong: true),
            .. Disclosure.Decisions.Select(d => Row(d.Code, d.Group, d.Name)),
            Row(Disclosure.Withdrawn, "其他处理", "申请人撤回"),
            new("", "三、本年度办理结果总计", [.. Disclosure.Applicants.Select(a => Results.Sum(code => Count(code, a.Code)))], Strong: true),
            Row("left", "", "四、结转下年度继续办理", strong: true),
        ];
    }

    public int Year { get; }

    public IReadOnlyList<ReportRow> Rows { get; }

    public int New => Total("new");

    public int Answered => Total("answered");

    /// <summary>Answered within the deadline.</summary>
    public int InTime => Total("in-time");

    public int Left => Total("left");

    private static IEnumerable<string> Results => Disclosure.Decisions.Select(d => d.Code).Append(Disclosure.Withdrawn);

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        // The mark by which spreadsheets know that it is UTF-8.
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var head in (string[])[$"{Year}年", "办理结果", .. Disclosure.Applicants.Select(a => a.Name), "总计"])
            csv.WriteField(head);
        await csv.NextRecordAsync();
        foreach (var row in Rows)
        {
            csv.WriteField(row.Group);
            csv.WriteField(row.Name);
            foreach (var count in row.Counts)
                csv.WriteField(count);
            csv.WriteField(row.Total);
            await csv.NextRecordAsync();
        }

        await writer.FlushAsync(ct);
    }

    private ReportRow Row(string code, string group, string name, bool strong = false) =>
        new(group, name, [.. Disclosure.Applicants.Select(a => Count(code, a.Code))], strong);

    private int Count(string row, string applicant) => _counts.GetValueOrDefault((row, applicant));

    private int Total(string row) => Disclosure.Applicants.Sum(a => Count(row, a.Code));
}

/// <param name="Counts">By applicant, in the order of <see cref="Disclosure.Applicants"/>.</param>
public sealed record ReportRow(string Group, string Name, IReadOnlyList<int> Counts, bool Strong)
{
    public int Total => Counts.Sum();
}
