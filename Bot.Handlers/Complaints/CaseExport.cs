using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Bot.Data.Cases;
using CsvHelper;
using MiniExcelLibs;

namespace Bot.Handlers.Complaints;

/// <summary>Cases as a table to take away, written row by row as they come.</summary>
public static class CaseExport
{
    private static readonly string[] s_columns =
        ["工单编号", "种类", "类别", "承办部门", "状态", "提交时间", "受理时间", "答复期限", "答复时间", "办结时间", "转办次数", "重办次数", "评价", "匿名"];

    /// <param name="output">May allow asynchronous writes only.</param>
    public static async Task WriteAsync(IAsyncEnumerable<CaseExportRow> rows, CaseCatalogue catalogue, Stream output, bool excel, CancellationToken ct)
    {
        if (excel)
        {
            // A workbook ends with its table of contents: it is built beside the answer, on disk, not in memory.
            await using var file = new FileStream(
                Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await file.SaveAsAsync(Rows(rows, catalogue, ct), cancellationToken: ct);
            file.Position = 0;
            await file.CopyToAsync(output, ct);
            return;
        }

        // The mark by which spreadsheets know that it is UTF-8.
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var column in s_columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await foreach (var row in Rows(rows, catalogue, ct))
        {
            foreach (var column in s_columns)
                csv.WriteField(row[column]);
            await csv.NextRecordAsync();
        }
    }

    private static async IAsyncEnumerable<Dictionary<string, object?>> Rows(
        IAsyncEnumerable<CaseExportRow> rows, CaseCatalogue catalogue, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in rows.WithCancellation(ct))
        {
            object?[] values =
            [
                r.Number, r.Kind.Shown, catalogue.Find(r.Category)?.Name ?? r.Category, catalogue.NameOf(r.Department), r.State.Shown, Time(r.FiledAt),
                Time(r.AcceptedAt), Time(r.AnswerBy), Time(r.AnsweredAt), Time(r.ClosedAt), r.Dispatches, r.Reopened,
                r.Rating is { } level ? CaseWords.Level(level) : "", r.Anonymous ? "是" : "否",
            ];
            yield return s_columns.Zip(values).ToDictionary(p => p.First, p => p.Second);
        }
    }

    private static string Time(DateTimeOffset? at) => at?.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
