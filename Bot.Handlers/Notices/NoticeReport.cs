using System.Runtime.CompilerServices;
using System.Text;
using Bot.Data.Notices;
using Bot.WeChat.Api;
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
        RecipientStatus.Sent => "已发出",
        RecipientStatus.Parked => "待核实",
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
        await writer.WriteLineAsync(Line(s_columns));
        await foreach (var row in RowsAsync(notices, id, status, ct))
            await writer.WriteLineAsync(Line(Cells(row)));
    }

    /// <summary>The rows that were not taken, all of them.</summary>
    public static async Task WriteRejectedAsync(Stream to, IReadOnlyList<RejectedRow> rejected, CancellationToken ct)
    {
        await using StreamWriter writer = new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteLineAsync(Line(["数据行", "原因"]));
        foreach (var row in rejected)
            await writer.WriteLineAsync(Line([$"{row.Row}", row.Reason]).AsMemory(), ct);
    }

    /// <summary>What a list of recipients has to look like: the columns, and a row that tells what goes into each and is not taken itself.</summary>
    /// <param name="told">What is filled into a field, in words.</param>
    public static byte[] Example(TemplateVersion template, Func<TemplateField, string> told) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(
        $"{Line([RecipientFile.ToColumn, .. template.Fields.Select(f => f.Name)])}\r\n{Line(["收件人的 openid（请删除本行）", .. template.Fields.Select(told)])}\r\n")];

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

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted));

    // A cell that begins like a formula would be one in Excel.
    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@')
            cell = $"'{cell}";
        return cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
