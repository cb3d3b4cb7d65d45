using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using MiniExcelLibs;

namespace Bot.Handlers.Notices;

/// <summary>The first sheet of an XLSX, read row by row.</summary>
internal sealed class WorkbookTable(ReadOnlyMemory<byte> file)
{
    private const long MostUnpacked = 512L << 20;
    private const string NoWorkbook = "这不是能读取的 XLSX 文件，可能没有传完整，请在 Excel 里打开确认后另存一次";

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    /// <exception cref="InvalidDataException">It is no workbook, or a broken one; the message is for whoever sent it.</exception>
    public async IAsyncEnumerable<TableRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        using var rows = Query(file).GetEnumerator();
        while (Next(rows) is { } row)
        {
            ct.ThrowIfCancellationRequested();
            yield return new(row);
        }
    }

    private static IEnumerable<dynamic> Query(ReadOnlyMemory<byte> file)
    {
        MemoryStream stream = new(file.ToArray(), writable: false);
        if (Unpacked(stream) > MostUnpacked)
            throw new InvalidDataException("文件解压后太大");

        stream.Position = 0;
        return MiniExcel.Query(stream, useHeaderRow: false, excelType: ExcelType.XLSX);
    }

    private static long Unpacked(MemoryStream stream)
    {
        try
        {
            using ZipArchive packed = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            return packed.Entries.Sum(entry => entry.Length);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(NoWorkbook, e);
        }
    }

    private static IReadOnlyList<string>? Next(IEnumerator<dynamic> rows)
    {
        try
        {
            return rows.MoveNext() ? [.. ((IDictionary<string, object?>)rows.Current).Values.Select(Cell)] : null;
        }
        catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or FormatException or NotSupportedException or KeyNotFoundException)
        {
            throw new InvalidDataException(NoWorkbook, e);
        }
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTime at => at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        double or decimal or float or long or int => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // As it was typed, if Excel kept it: that is 15 digits. Longer ones are told apart by their E.
    private static string Number(double number) => number.ToString(
        Math.Abs(number) >= 1e15 ? "0.##############E+00" : number == Math.Floor(number) ? "0" : "R", CultureInfo.InvariantCulture);
}
