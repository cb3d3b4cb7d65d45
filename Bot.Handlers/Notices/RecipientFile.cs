using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Bot.Data.Notices;
using Bot.WeChat;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;

namespace Bot.Handlers.Notices;

/// <summary>
/// A table of recipients as offices have them: CSV in UTF-8 or GB18030, with commas, semicolons or tabs, or XLSX. The first row names the columns:
/// <c>openid</c> and the template's fields. Rows are read one by one.
/// </summary>
public sealed partial class RecipientFile
{
    private const string ToColumn = "openid";
    private const int MostColumns = 100;
    private const int LongestRow = 1 << 16;
    private const long MostUnpacked = 512L << 20;
    private const string NoWorkbook = "这不是能读取的 XLSX 文件，可能没有传完整，请在 Excel 里打开确认后另存一次";

    // .xls, and .xlsx with a password.
    private static readonly byte[] s_oldWorkbook = [0xD0, 0xCF, 0x11, 0xE0];

    private readonly IReadOnlyList<string> _columns;
    private readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string>>> _rows;

    private RecipientFile(IReadOnlyList<string> columns, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string>>> rows) =>
        (_columns, _rows) = ([.. columns.Select(c => c.Trim())], rows);

    /// <exception cref="InvalidDataException">It is not a table; the message is for whoever sent it.</exception>
    public static async Task<RecipientFile> OpenAsync(ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        if (file.Span.StartsWith(s_oldWorkbook))
            throw new InvalidDataException("这是旧格式（.xls）或加了密码的工作簿，请在 Excel 里另存为 .xlsx 或 CSV，不要设密码");
        var rows = IsWorkbook(file.Span) ? Workbook(file) : Csv(Decode(file.Span));
        await foreach (var first in rows(ct))
        {
            if (first.Count > MostColumns)
                throw new InvalidDataException($"列太多，最多 {MostColumns} 列");
            return new(first, rows);
        }

        throw new InvalidDataException("文件是空的");
    }

    /// <summary>What is wrong with the columns; told before any row, since every row would say the same.</summary>
    /// <param name="given">Values for all rows, for columns that the file lacks; null for none.</param>
    public IReadOnlyList<string> ColumnProblems(TemplateVersion template, IReadOnlyDictionary<string, string>? given = null)
    {
        var fields = template.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        List<string> problems = [];
        if (!_columns.Contains(ToColumn, StringComparer.Ordinal))
            problems.Add($"缺少 {ToColumn} 列");
        problems.AddRange(fields.Where(f => f is not ("first" or "remark") && !_columns.Contains(f, StringComparer.Ordinal) && given?.ContainsKey(f) != true).Select(f => $"缺少 {f} 列"));
        problems.AddRange(_columns.Where(c => c.Length > 0 && c != ToColumn && !fields.Contains(c)).Select(c => $"模板没有“{Short(c)}”这个字段"));
        problems.AddRange(_columns.Where(c => c.Length > 0).GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"“{Short(g.Key)}”列重复"));
        return problems;
    }

    /// <summary>Row 1 is the first below the columns. Empty rows are passed over; a row that was there before is told, since it would be a second notice.</summary>
    public async IAsyncEnumerable<RequestedRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var number = -1;
        SeenRows seen = new();
        await foreach (var cells in _rows(ct).WithCancellation(ct))
        {
            number++;
            if (number > 0 && cells.Any(c => !string.IsNullOrWhiteSpace(c)))
                yield return seen.Once(Row(number, cells));
        }
    }

    private RequestedRow Row(int number, IReadOnlyList<string> cells)
    {
        if (cells.Count > _columns.Count && cells.Skip(_columns.Count).Any(c => c.Length > 0))
            return new(number, null, null, $"有 {cells.Count} 列，表头只有 {_columns.Count} 列");
        var (to, data) = ((string?)null, new Dictionary<string, string>(StringComparer.Ordinal));
        for (var i = 0; i < _columns.Count && i < cells.Count; i++)
        {
            var (column, cell) = (_columns[i], cells[i].Trim());
            if (MayBeRounded(cell) && Rounded().IsMatch(cell))
                return new(number, null, null, $"{Short(column)}：“{Short(cell)}”像是被 Excel 改成了科学计数法，请把该列设为文本后重新填写");
            if (column == ToColumn)
                to = cell;
            else if (column.Length > 0)
                data[column] = cell;
        }

        return new(number, to, data, to is null ? null : ToProblem(to));
    }

    // In a file of people something else easily gets into the column: a name, a phone, an ID number. Openids themselves are opaque.
    private static string? ToProblem(string to) => to switch
    {
        "" => null,
        _ when to.Length > OpenId.MaxLength => $"{ToColumn}：最多 {OpenId.MaxLength} 个字符",
        _ when to.Length is 11 or 15 && to.All(char.IsAsciiDigit) || to.Length == 18 && to[..17].All(char.IsAsciiDigit) => $"{ToColumn}：填的是手机号或证件号，应填微信 openid",
        _ when !to.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => $"{ToColumn}：填的不是 openid，openid 只含字母、数字、- 和 _",
        _ => null,
    };

    private static bool IsWorkbook(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    private static Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string>>> Csv(string text)
    {
        CsvConfiguration settings = new(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false, DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t", "，"], IgnoreBlankLines = false,
            BadDataFound = null, MaxFieldSize = LongestRow,
        };
        return Rows;

        async IAsyncEnumerable<IReadOnlyList<string>> Rows([EnumeratorCancellation] CancellationToken ct)
        {
            using CsvReader csv = new(new StringReader(text), settings);
            while (await ReadAsync(csv))
            {
                ct.ThrowIfCancellationRequested();
                yield return csv.Parser.Record ?? [];
            }
        }
    }

    private static async Task<bool> ReadAsync(CsvReader csv)
    {
        try
        {
            return await csv.ReadAsync();
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"第 {csv.Parser.Row} 行无法读取：引号不成对，或单元格太长", e);
        }
    }

    private static Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string>>> Workbook(ReadOnlyMemory<byte> file)
    {
        return Rows;

        async IAsyncEnumerable<IReadOnlyList<string>> Rows([EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            using var rows = Query(file).GetEnumerator();
            while (Next(rows) is { } row)
            {
                ct.ThrowIfCancellationRequested();
                yield return row;
            }
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

    // Excel on a Chinese Windows saves CSV in GB18030, and marks nothing.
    private static string Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(file[2..]);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            file = file[3..];
        return (Utf8.IsValid(file) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!).GetString(file);
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // Nearly every cell is told apart by its first character: a file has half a million of them.
    private static bool MayBeRounded(string cell) => cell.Length > 3 && (char.IsAsciiDigit(cell[0]) || cell[0] == '-') && cell.AsSpan().ContainsAny('E', 'e');

    [GeneratedRegex(@"^-?\d(\.\d+)?E\+?\d{2,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rounded();
}
