using System.Globalization;
using Bot.Data.Notices;
using Bot.WeChat;
using Microsoft.Extensions.Logging;

namespace Bot.Handlers.Notices;

/// <summary>What became of a notice, as the platform pushes it (TEMPLATESENDJOBFINISH). There is nobody to answer.</summary>
public sealed partial class NoticeResults(INoticeEvents events, UnkeptResults unkept, ILogger<NoticeResults> logger) : IHandler
{
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Message is TemplateSentEvent sent && long.TryParse(sent.JobId, NumberStyles.None, CultureInfo.InvariantCulture, out var msgId))
            await KeepAsync(Read(sent, msgId), ct);
        return Answer.Of(Reply.Silence);
    }

    internal static NoticeEvent Read(TemplateSentEvent sent, long msgId) => sent.Outcome switch
    {
        TemplateOutcome.Delivered => new(msgId, sent.From, RecipientStatus.Delivered, null),
        TemplateOutcome.RefusedByUser => new(msgId, sent.From, RecipientStatus.Refused, "用户拒收"),
        TemplateOutcome.Failed => new(msgId, sent.From, RecipientStatus.Failed, sent.Reason switch
        {
            "system failed" => "微信系统发送失败",
            "freq limit" => "发送过于频繁，被微信限制",
            { Length: > 0 and <= 100 } reason => $"微信发送失败：{reason}",
            _ => "微信发送失败",
        }),
    };

    // The platform does not push it again: while the database is away it waits in memory.
    private async Task KeepAsync(NoticeEvent heard, CancellationToken ct)
    {
        try
        {
            await events.HearAsync(heard, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            unkept.Add(heard);
            LogNotKept(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A notice's result could not be kept yet: {Reason}")]
    private partial void LogNotKept(string reason);
}
