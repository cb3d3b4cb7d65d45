using Bot.Data.Consents;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices;
using Bot.WeChat.Api;

namespace Bot.Handlers.Messages;

/// <summary>The last way to tell a citizen: 订阅通知, one for each consent. The platform knows no ids for it, so an unclear outcome is not repeated.</summary>
public sealed class ConsentedNotices(ICitizenMessages messages, IMessageTemplates templates, IConsents consents, ISubscriptions subscriptions, TimeProvider clock)
{
    private const int NoConsent = 43101;

    /// <param name="because">Why no other way was open; for staff, when this one is not either.</param>
    public async Task<JobOutcome> SendAsync(CitizenMessage message, string because, CancellationToken ct)
    {
        if (await messages.ConsentAsync(message.Id, ct) is not { } held)
            return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, because, ct);
        TemplateVersion version = new(0, 1, held.Title, held.Content, "", "");
        var (data, problem) = NoticeFields.Check(
            version, await templates.FindAsync(message.Template, ct) is { } by ? MessageFit.Refill(by, message.Data, version) : message.Data, fit: true);
        if (problem is not null)
            return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, $"{because}；订阅通知：{problem}", ct);
        ct.ThrowIfCancellationRequested();
        // From here on no stop interrupts it: a consent that is spent is either used or given back.
        if (!await messages.BeginGrantingAsync(message.Id, held.TemplateId, CancellationToken.None))
            return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, because, CancellationToken.None);

        var sent = await subscriptions.SendAsync(
            new SubscriptionMessage(message.To, held.TemplateId, data, message.Url.Length > 0 ? message.Url : null), CancellationToken.None);
        switch (sent.Error)
        {
            case null:
                return await messages.EndAsync(message, CitizenMessageStatus.Granted, null, CancellationToken.None);
            case { Class: ErrorClass.OutcomeUnknown or ErrorClass.Retry } error:
                return await messages.EndAsync(message, CitizenMessageStatus.Unknown, error.ForStaff, CancellationToken.None);
            case { Code: NoConsent } error:
                await consents.VoidAsync(message.To, held.TemplateId, message.Key, CancellationToken.None);
                return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, $"{because}；订阅通知：{error.ForStaff}", CancellationToken.None);
            case { Class: ErrorClass.Backoff } error when error.PausedUntil(clock.GetUtcNow()) is { } until:
                await messages.NotGrantedAsync(message.Id, CancellationToken.None);
                return new JobOutcome.Again(until);
            // What is wrong with the account is no reason to tell this citizen nothing.
            case { Class: ErrorClass.NotSent or ErrorClass.Backoff or ErrorClass.Alert } error:
                await messages.NotGrantedAsync(message.Id, CancellationToken.None);
                return new JobOutcome.Failed(error.ForStaff);
            case { } error:
                await messages.NotGrantedAsync(message.Id, CancellationToken.None);
                return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, $"{because}；订阅通知：{error.ForStaff}", CancellationToken.None);
        }
    }
}

/// <summary>A notice of ours did not arrive, or nobody knows (the database tells so, once): another way is tried, or staff see it.</summary>
public sealed class FailedMessages(ICitizenMessages messages, INotices notices, ConsentedNotices consented, TimeProvider clock) : IJobHandler
{
    public string Kind => "citizen-message-failed";

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // The notice may fail before its message knows of it.
        if (await messages.FindByNoticeAsync(job.Key, ct) is not { } message)
            return new JobOutcome.Failed("no message knows of this notice yet");
        if (message.Status is CitizenMessageStatus.Granting)
            return await messages.EndAsync(message, CitizenMessageStatus.Unknown, "发送过程中断，结果未知", ct);
        if (message.Status is not CitizenMessageStatus.Noticed)
            return JobOutcome.Finished;
        var row = (await notices.RecipientsAsync(job.Key, null, 0, 1, ct)).SingleOrDefault();
        var because = $"模板消息：{row?.Words ?? "没有送达"}";
        return row?.Status switch
        {
            // It may have arrived, so it is not told another way.
            RecipientStatus.Unknown => await messages.EndAsync(message, CitizenMessageStatus.Unknown, because, ct),
            RecipientStatus.Cancelled when message.ExpiresAt <= clock.GetUtcNow() => await messages.EndAsync(message, CitizenMessageStatus.Expired, null, ct),
            RecipientStatus.Cancelled => await messages.EndAsync(message, CitizenMessageStatus.Undelivered, "模板消息：已取消", ct),
            _ when message.OptedOut => await messages.EndAsync(message, CitizenMessageStatus.Undelivered, because, ct),
            _ => await consented.SendAsync(message, because, ct),
        };
    }
}
