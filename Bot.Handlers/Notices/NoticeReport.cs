using System.Runtime.CompilerServices;
using System.Text;
using Bot.Data.Notices;
using MiniExcelLibs;

namespace Bot.Handlers.Notices;

/// <summary>The outcomes of a notice as a table to download.</summary>
public static class NoticeReport
{
    /// <summary>A workbook is made whole in memory; longer reports are CSV.</summary>
    public const int MostInWorkbook = 100_000;

    private const int PageLength = 1_000;
    private static readonly string[] s_columns = ["行号", "openid", "结果", "发出时间", "结束时间", "错误码", "原因"];

    public static string Words(RecipientStatus status) => status switch
    {
        RecipientStatus.Queued or RecipientStatus.Sending => "排队",
        RecipientStatus.Sent or RecipientStatus.Parked => "已发出",
        RecipientStatus.Unknown => "已发出（结果未知）",
        RecipientStatus.Delivered => "已送达",
        RecipientStatus.Refused => "用户拒收",
        RecipientStatus.Failed => "失败",
        RecipientStatus.Cancelled => "已取消",
    };

    /// <summary>CSV with a mark by which Excel knows UTF-8.</summary>
    public static async Task WriteCsvAsync(Stream to, INotices notices, string id, RecipientStatus? status, CancellationToken ct)
    {
        await using StreamWriter writer = new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteLineAsync(string.Join(',', s_columns));
        await foreach (var row in RowsAsync(notices, id, status, ct))
            await writer.WriteLineAsync(string.Join(',', Cells(row).Select(Quoted)));
    }

    public static async Task WriteWorkbookAsync(Stream to, INotices notices, string id, RecipientStatus? status, CancellationToken ct)
    {
        List<Dictionary<string, object>> rows = [];
        await foreach (var row in RowsAsync(notices, id, status, ct))
            rows.Add(s_columns.Zip(Cells(row)).ToDictionary(c => c.First, object (c) => c.Second));

        // The archive is finished with a synchronous write, which a response refuses.
        using MemoryStream file = new();
        await file.SaveAsAsync(rows, cancellationToken: ct);
        file.Position = 0;
        await file.CopyToAsync(to, ct);
    }

    private static async IAsyncEnumerable<NoticeRecipient> RowsAsync(
        INotices notices, string id, RecipientStatus? status, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = 0; ;)
        {
            var page = await notices.RecipientsAsync(id, status, after, PageLength, ct);
            foreach (var row in page)
                yield return row;
            if (page.Count < PageLength)
                yield break;
            after = page[^1].Row;
        }
    }

    private static string[] Cells(NoticeRecipient row) =>
        [$"{row.Row}", row.To.Value, Words(row.Status), Time(row.SentAt), Time(row.FinishedAt), $"{row.ErrorCode}", row.Words ?? ""];

    private static string Time(DateTimeOffset? at) =>
        at?.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    // A cell that begins like a formula would be one in Excel.
    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@')
            cell = $"'{cell}";
        return cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
