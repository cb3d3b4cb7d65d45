using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat.Api;

namespace Bot.Bench.Notices;

/// <summary>The template that the stub lists, and rows for it.</summary>
internal static class BenchTemplate
{
    public const string Code = "progress";

    public static readonly TemplateInfo Info = new("TEMPLATE", "业务办理进度提醒", "申请事项:{{thing1.DATA}}\n办理进度:{{phrase2.DATA}}\n更新时间:{{time3.DATA}}");

    public static readonly Dictionary<string, string> Data = new(StringComparer.Ordinal)
    {
        ["thing1"] = "居住证办理", ["phrase2"] = "审核通过", ["time3"] = "2026年11月23日 10:00",
    };

    public static Task SyncAsync(INoticeTemplates templates) =>
        templates.SyncAsync([Info], new Dictionary<string, string> { [Info.Title] = Code }, CancellationToken.None);

    public static NoticeRequest Request(NoticeLane lane) => new() { Origin = NoticeOrigin.Api, Lane = lane, Template = Info.TemplateId, MadeBy = "bench" };

    public static async IAsyncEnumerable<RequestedRow> Rows(int count, string prefix = "o-")
    {
        await Task.CompletedTask;
        for (var row = 1; row <= count; row++)
            yield return new(row, $"{prefix}{row:D7}-abcdefghijklmnopqr", Data);
    }
}
