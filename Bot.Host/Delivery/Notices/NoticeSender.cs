using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Operation;
using Bot.WeChat.Api;

namespace Bot.Host.Delivery.Notices;

/// <summary>Hands one notice after the other to the platform; several run side by side.</summary>
internal sealed partial class NoticeSender(
    ITemplates templates, INoticeTemplates known, INoticeQueue queue, NoticeLines lines, NoticeClaimer claimer, ResultWriter writer, SendRate rate, SendPause pause,
    NoticeTiming timing, BotMetrics metrics, TimeProvider clock, ILogger<NoticeSender> logger)
{
    /// <param name="stopping">No more are begun.</param>
    /// <param name="abandon">Those under way are left to their fate.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        try
        {
            while (true)
            {
                await lines.WaitAsync(stopping);
                if (!pause.IsClosed)
                {
                    await rate.WaitAsync(stopping);
                    await pause.RestAsync(stopping);
                }

                // Only now, so that a single notice that came meanwhile goes first.
                if (!lines.TryTake(out var notice, out var line))
                    continue;
                claimer.Taken(line);
                writer.Add(await OneAsync(notice, abandon));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not begun is given back by the engine.
        }
    }

    private async Task<SendResult> OneAsync(ClaimedNotice notice, CancellationToken abandon)
    {
        var now = clock.GetUtcNow();
        if (pause.IsClosed || pause.IsPaused(notice.NoticeId) || now >= notice.ClaimedAt + timing.SendWithin || now >= notice.Notice.ExpiresAt)
            return NoticeVerdict.GiveBack(notice, now);
        if (notice.Skip is { } reason)
            return NoticeVerdict.Skip(notice, reason).Result;
        if (NoticeVerdict.IsTooLate(notice, now))
            return NoticeVerdict.Unclear(notice, now).Result;

        var message = new TemplateMessage(notice.To, notice.Notice.TemplateId, notice.Data)
        {
            Url = notice.Notice.Url.Length > 0 ? notice.Notice.Url : null, ClientMsgId = notice.ClientMsgId,
        };
        ApiResult<long> answer;
        try
        {
            answer = await templates.SendAsync(message, abandon);
            if (RefusedValue.Mend(message, answer.Error) is { } mended)
            {
                // Refused is not sent, so it goes once more under the same id. To the platform it is another call: where that may not be made any more, another host makes it.
                LogMended(notice.NoticeId, RefusedValue.Field(answer.Error));
                if (!await MayGoOnAsync(abandon))
                    return NoticeVerdict.GiveBack(notice, clock.GetUtcNow());
                answer = await templates.SendAsync(mended, abandon);
            }
        }
        catch (Exception e)
        {
            LogBroken(e, notice.NoticeId, notice.Row);
            return NoticeVerdict.Unclear(notice, clock.GetUtcNow()).Result;
        }

        return await JudgeAsync(notice, answer);
    }

    private async Task<bool> MayGoOnAsync(CancellationToken abandon)
    {
        try
        {
            await rate.WaitAsync(abandon);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<SendResult> JudgeAsync(ClaimedNotice notice, ApiResult<long> answer)
    {
        var now = clock.GetUtcNow();
        if (answer.Error is { Class: ErrorClass.NotSent or ErrorClass.OutcomeUnknown or ErrorClass.Retry })
            pause.NotReached();
        else
            pause.Answered();
        if (RefusedValue.Field(answer.Error) is { } field)
            LogRefusedValue(notice.NoticeId, field, answer.Error!.Rid);
        var verdict = NoticeVerdict.Of(notice, answer, now, pause.Refused(notice, answer.Error));
        // Refused is handed over as well: the platform had it and said so.
        if (verdict.Result is SendResult.Sent or SendResult.Ended && notice.Single)
            metrics.NoticeHandedOver(now - notice.Notice.DueAt);
        if (verdict.Gate is { } gate)
            pause.CloseUntil(gate.Until);
        if (verdict.Pause is not null)
            pause.Pause(notice.NoticeId);
        if (verdict.Gate is not null || verdict.Pause is not null || verdict.IsTemplateGone)
            await TellAsync(notice, verdict, answer.Error!);
        return verdict.Result;
    }

    private async Task TellAsync(ClaimedNotice notice, NoticeVerdict verdict, ApiError error)
    {
        try
        {
            if (verdict.Gate is { } gate)
                await queue.CloseGateAsync(gate.Until, gate.Code, gate.Words, CancellationToken.None);
            if (verdict.IsTemplateGone)
                await known.GoneAsync(notice.Notice.TemplateId, CancellationToken.None);
            if (verdict.Pause is { } reason)
                await queue.PauseAsync(notice.NoticeId, error.Code, reason, CancellationToken.None);
            if (verdict.Result is SendResult.Ended)
                LogGone(notice.NoticeId, error.Code, error.Rid);
            else
                LogHeldUp(notice.NoticeId, error.Code, error.Rid);
        }
        catch (Exception e)
        {
            // The next row meets the same answer and tells again.
            LogBroken(e, notice.NoticeId, notice.Row);
        }
    }

    [LoggerMessage(LogLevel.Error, "Notice {Id}, row {Row} met a fault of ours")]
    private partial void LogBroken(Exception e, long id, int row);

    [LoggerMessage(LogLevel.Information, "Notice {Id}: the platform refused the value of {Field}; it is made to fit and sent once more")]
    private partial void LogMended(long id, string? field);

    [LoggerMessage(LogLevel.Warning, "Notice {Id}: the platform does not take the value of {Field}, rid {Rid}")]
    private partial void LogRefusedValue(long id, string field, string? rid);

    [LoggerMessage(LogLevel.Warning, "Notice {Id} failed: the platform has no such template ({Code}), rid {Rid}; it is set inactive")]
    private partial void LogGone(long id, int code, string? rid);

    [LoggerMessage(LogLevel.Warning, "Notice {Id} is held up: the platform answered {Code}, rid {Rid}")]
    private partial void LogHeldUp(long id, int code, string? rid);
}
