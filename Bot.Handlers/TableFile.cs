using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;

namespace Bot.Handlers;

/// <summary>A table to take away, written row by row as the rows come.</summary>
public static class TableFile
{
    // A cell that a spreadsheet would take for a formula is written as text: some of them are citizens' words.
    internal static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };

    /// <param name="columns">Their headings, each once.</param>
    /// <param name="output">May allow asynchronous writes only.</param>
    public static async Task WriteAsync(IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows, Stream output, bool excel, CancellationToken ct)
    {
        if (excel)
        {
            // A workbook ends with its table of contents: it is built beside the answer, on disk, not in memory.
            await using var file = new FileStream(
                Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await file.SaveAsAsync(Named(columns, rows, ct), cancellationToken: ct);
            file.Position = 0;
            await file.CopyToAsync(output, ct);
            return;
        }

        // The mark by which spreadsheets know that it is UTF-8.
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, Csv, leaveOpen: true);
        foreach (var column in columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(ct))
        {
            foreach (var cell in row)
                csv.WriteField(cell);
            await csv.NextRecordAsync();
        }
    }

    private static async IAsyncEnumerable<Dictionary<string, object?>> Named(
        IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in rows.WithCancellation(ct))
            yield return columns.Zip(row).ToDictionary(p => p.First, p => p.Second);
    }
}
