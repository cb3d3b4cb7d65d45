using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Cases;

namespace Bot.Handlers.Complaints;

/// <summary>Cases as a table to take away, written row by row as they come.</summary>
public static class CaseExport
{
    private static readonly string[] s_columns =
        ["工单编号", "种类", "类别", "承办部门", "状态", "提交时间", "受理时间", "答复期限", "答复时间", "办结时间", "转办次数", "重办次数", "评价", "匿名"];

    /// <param name="output">May allow asynchronous writes only.</param>
    public static Task WriteAsync(IAsyncEnumerable<CaseExportRow> rows, CaseCatalogue catalogue, Stream output, bool excel, CancellationToken ct) =>
        TableFile.WriteAsync(s_columns, Rows(rows, catalogue, ct), output, excel, ct);

    private static async IAsyncEnumerable<object?[]> Rows(
        IAsyncEnumerable<CaseExportRow> rows, CaseCatalogue catalogue, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in rows.WithCancellation(ct))
        {
            yield return
            [
                r.Number, r.Kind.Shown, catalogue.Find(r.Category)?.Name ?? r.Category, catalogue.NameOf(r.Department), r.State.Shown, Time(r.FiledAt),
                Time(r.AcceptedAt), Time(r.AnswerBy), Time(r.AnsweredAt), Time(r.ClosedAt), r.Dispatches, r.Reopened,
                r.Rating is { } level ? CaseWords.Level(level) : "", r.Anonymous ? "是" : "否",
            ];
        }
    }

    private static string Time(DateTimeOffset? at) => at?.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
