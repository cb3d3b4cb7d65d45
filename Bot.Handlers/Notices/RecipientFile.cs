using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bot.Data.Notices;
using Bot.WeChat;

namespace Bot.Handlers.Notices;

/// <summary>
/// A table of recipients as offices have them: CSV in UTF-8 or GB18030, with commas, semicolons or tabs, or XLSX. The first row names the columns:
/// <c>openid</c> and the template's fields. Rows are read one by one.
/// </summary>
public sealed partial class RecipientFile
{
    public const string ToColumn = "openid";
    private const int MostColumns = 100;

    // .xls, and .xlsx with a password.
    private static readonly byte[] s_oldWorkbook = [0xD0, 0xCF, 0x11, 0xE0];

    private readonly IReadOnlyList<string> _columns;
    private readonly Func<CancellationToken, IAsyncEnumerable<TableRow>> _rows;

    private RecipientFile(IReadOnlyList<string> columns, Func<CancellationToken, IAsyncEnumerable<TableRow>> rows) =>
        (_columns, _rows) = ([.. columns.Select(c => c.Trim())], rows);

    /// <exception cref="InvalidDataException">It is not a table; the message is for whoever sent it.</exception>
    public static async Task<RecipientFile> OpenAsync(ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        if (file.Span.StartsWith(s_oldWorkbook))
            throw new InvalidDataException("这是旧格式（.xls）或加了密码的工作簿，请在 Excel 里另存为 .xlsx 或 CSV，不要设密码");
        Func<CancellationToken, IAsyncEnumerable<TableRow>> rows = WorkbookTable.Is(file.Span) ? new WorkbookTable(file).RowsAsync : new CsvTable(file.Span).RowsAsync;
        await foreach (var first in rows(ct))
        {
            if (first.Cells.Count > MostColumns)
                throw new InvalidDataException($"列太多，最多 {MostColumns} 列");
            return new(first.Cells, rows);
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
        await foreach (var row in _rows(ct).WithCancellation(ct))
        {
            number++;
            if (number > 0 && row.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))
                yield return row.Problem is { } problem ? new(number, null, null, problem) : seen.Once(Row(number, row.Cells));
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

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // Nearly every cell is told apart by its first character: a file has half a million of them.
    private static bool MayBeRounded(string cell) => cell.Length > 3 && (char.IsAsciiDigit(cell[0]) || cell[0] == '-') && cell.AsSpan().ContainsAny('E', 'e');

    [GeneratedRegex(@"^-?\d(\.\d+)?E\+?\d{2,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rounded();
}
