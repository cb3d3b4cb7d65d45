using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;

namespace Bot.Handlers.Policies.Import;

/// <summary>The rows of a CSV (UTF-8 or GB18030; commas, semicolons or tabs) or XLSX file, as text.</summary>
internal static class PolicySheet
{
    private const int LongestCell = 1 << 19;
    private const long MostUnpacked = 256L << 20;

    public static bool IsWorkbook(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    /// <exception cref="InvalidDataException">It cannot be read; the message is for whoever sent it.</exception>
    public static IEnumerable<IReadOnlyList<string>> Read(ReadOnlyMemory<byte> file) => IsWorkbook(file.Span) ? Workbook(file) : Csv(FileText.Decode(file.Span));

    private static IEnumerable<IReadOnlyList<string>> Csv(string text)
    {
        CsvConfiguration settings = new(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false, DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t", "，"], IgnoreBlankLines = false,
            BadDataFound = null, MaxFieldSize = LongestCell,
        };
        using CsvReader csv = new(new StringReader(text), settings);
        while (Next(csv) is { } record)
            yield return [.. record.Select(Plain)];
    }

    // What an export marks as text, so that no spreadsheet takes it for a formula.
    private static string Plain(string cell) => cell is ['\'', '=' or '@' or '+' or '-' or '\t' or '\r', ..] ? cell[1..] : cell;

    private static string[]? Next(CsvReader csv)
    {
        try
        {
            return csv.Read() ? csv.Parser.Record ?? [] : null;
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"第 {csv.Parser.Row} 行无法读取：引号不成对，或单元格太长", e);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Workbook(ReadOnlyMemory<byte> file)
    {
        using var rows = Query(file).GetEnumerator();
        while (Next(rows) is { } row)
            yield return row;
    }

    private static IEnumerable<dynamic> Query(ReadOnlyMemory<byte> file)
    {
        MemoryStream stream = new(file.ToArray(), writable: false);
        try
        {
            using ZipArchive packed = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (packed.GetEntry("xl/workbook.xml") is null)
                throw new InvalidDataException("这不是 Excel 工作簿（XLSX）");
            if (packed.Entries.Sum(entry => entry.Length) > MostUnpacked)
                throw new InvalidDataException("文件解压后太大");
        }
        catch (InvalidDataException e) when (e.Message.All(char.IsAscii))
        {
            throw new InvalidDataException("这个 XLSX 文件已损坏，无法读取", e);
        }

        stream.Position = 0;
        return MiniExcel.Query(stream, useHeaderRow: false, excelType: ExcelType.XLSX);
    }

    private static string[]? Next(IEnumerator<dynamic> rows)
    {
        try
        {
            return rows.MoveNext() ? [.. ((IDictionary<string, object?>)rows.Current).Values.Select(Cell)] : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException("这个 XLSX 文件已损坏，无法读取", e);
        }
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTime at => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
