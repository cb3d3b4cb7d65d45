using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bot.Handlers.Notices;

/// <summary>A CSV in UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs, read row by row.</summary>
internal sealed class CsvTable(ReadOnlySpan<byte> file)
{
    private const int LongestRow = 1 << 16;

    private static readonly CsvConfiguration s_settings = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false, DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t", "，"], IgnoreBlankLines = false,
        BadDataFound = null, MaxFieldSize = LongestRow,
    };

    private readonly string _text = FileText.Decode(file);

    /// <exception cref="InvalidDataException">From some row on it cannot be read; the message tells the row and the place.</exception>
    public async IAsyncEnumerable<TableRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using CsvReader csv = new(new StringReader(_text), s_settings);
        var (row, start) = (0, 0);
        for (; await ReadAsync(csv, row, start); row++)
        {
            ct.ThrowIfCancellationRequested();
            var end = (int)csv.Parser.CharCount;
            yield return new(csv.Parser.Record ?? [], Problem(row, start, end, csv.Parser.Delimiter[0]));
            start = end;
        }
    }

    private async Task<bool> ReadAsync(CsvReader csv, int row, int start)
    {
        try
        {
            return await csv.ReadAsync();
        }
        catch (CsvHelperException e)
        {
            throw CsvQuotes.Find(_text.AsSpan(start), csv.Parser.Delimiter[0]) is { IsOpen: true } odd
                ? Unreadable(row, start, odd) : new InvalidDataException($"{Named(row)}无法读取：单元格太长", e);
        }
    }

    private string? Problem(int row, int start, int end, char delimiter)
    {
        if (!_text.AsSpan(start, end - start).Contains('"') || CsvQuotes.Find(_text.AsSpan(start, end - start), delimiter) is not { } odd)
            return null;
        if (odd.IsOpen)
            throw Unreadable(row, start, odd);
        return odd.Until == odd.Line ? $"第 {odd.Cell} 列：引号后面还有文字或空格，请去掉；内容里的引号要写成两个"
            : $"第 {odd.Cell} 列：引号从文件第 {Line(start, odd.Line)} 行开到第 {Line(start, odd.Until)} 行，内容不能换行；如果漏了引号，其间各行都没有读到";
    }

    private InvalidDataException Unreadable(int row, int start, OddQuote odd) =>
        new($"{Named(row)}第 {odd.Cell} 列（文件第 {Line(start, odd.Line)} 行）的引号没有结束，从这里起无法读取，请补上引号或去掉；内容里的引号要写成两个");

    private int Line(int start, int behind) => _text.AsSpan(0, start).Count('\n') + behind + 1;

    // As everywhere else: from 1 below the columns.
    private static string Named(int row) => row == 0 ? "表头" : $"第 {row} 行";
}
