using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices;
using Bot.WeChat.Api;

namespace Bot.Handlers.Messages;

/// <summary>
/// Sends what our processes tell a citizen, by the first way that is open: a customer-service message while the citizen's 48 hours run, the
/// message's template, a subscription notice that the citizen agreed to. If none is, it is listed for staff.
/// </summary>
public sealed class CitizenMessenger(
    ICitizenMessages messages, ICustomerMessages desk, IMessageTemplates templates, INotices notices, NoticeOffice office, ConsentedNotices consented, TimeProvider clock)
    : IJobHandler
{
    internal const string Sender = "citizen-message";

    // The platform's window, less what our note of the citizen's last message may be behind.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(48) - TimeSpan.FromMinutes(10);

    public string Kind => ICitizenMessages.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await messages.FindAsync(long.Parse(job.Data, CultureInfo.InvariantCulture), ct) is not { } message)
            return JobOutcome.Finished;
        return message.Status switch
        {
            CitizenMessageStatus.Waiting => await SendAsync(message, again: job.Attempts > 1, ct),
            // A host died between handing it over and noting so. The platform keeps no ids here, so it is not repeated.
            CitizenMessageStatus.Sending or CitizenMessageStatus.Granting =>
                await messages.EndAsync(message, CitizenMessageStatus.Unknown, "发送过程中断，结果未知", ct),
            _ => JobOutcome.Finished,
        };
    }

    private async Task<JobOutcome> SendAsync(CitizenMessage message, bool again, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (message.ExpiresAt < now)
            return await messages.EndAsync(message, CitizenMessageStatus.Expired, null, ct);
        if (message.OptedOut)
            return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, "市民已退订全部通知", ct);
        // Only a subscription notice reaches somebody who left.
        if (!message.Subscribed)
            return await consented.SendAsync(message, "市民已取消关注", ct);
        if (message.DeskClosed || message.WritesSince is not { } heard || now - heard > s_window)
            return await NoticeAsync(message, "不在客服消息时限内", ct);
        // A host made a notice of it and died before it could say so; the citizen may have answered that one.
        if (again && await notices.RecallAsync(Once(message), ct) is not null)
            return await NoticeAsync(message, "", ct);
        ct.ThrowIfCancellationRequested();
        // From here on no stop interrupts it: what became of it has to be written down.
        if (!await messages.BeginSendingAsync(message.Id, CancellationToken.None))
            return JobOutcome.Finished;

        // Too long for one message cannot be: the words fit by the table's own rule.
        var sent = await desk.SendAsync(message.To, new CustomerMessage.Text(message.Words), CancellationToken.None);
        switch (sent.Error)
        {
            case null:
                return await messages.EndAsync(message, CitizenMessageStatus.Sent, null, CancellationToken.None);
            // A platform that is busy may have sent it all the same.
            case { Class: ErrorClass.OutcomeUnknown or ErrorClass.Retry } error:
                return await messages.EndAsync(message, CitizenMessageStatus.Unknown, error.ForStaff, CancellationToken.None);
            case { Class: ErrorClass.NotSent } error:
                await messages.NotSentAsync(message.Id, closed: false, CancellationToken.None);
                return new JobOutcome.Failed(error.ForStaff);
            case { } error:
                await messages.NotSentAsync(message.Id, closed: true, CancellationToken.None);
                return await NoticeAsync(message, error.ForStaff, ct);
        }
    }

    private async Task<JobOutcome> NoticeAsync(CitizenMessage message, string because, CancellationToken ct)
    {
        if (message.Template.Length == 0)
            return await messages.EndAsync(message, CitizenMessageStatus.Undelivered, because, ct);
        var by = await templates.FindAsync(message.Template, ct);
        var answer = await office.SendAsync(
            new NoticeRequest
            {
                Origin = NoticeOrigin.Flow, Lane = NoticeLane.Single, Template = by?.Template.TemplateId ?? message.Template, MadeBy = Sender, Url = message.Url, ExpiresAt = message.ExpiresAt, Fit = true,
                Reference = message.Key.Length <= 128 ? message.Key : "", AnyHour = true,
                Idempotency = Once(message),
            }, message.To, by?.Fill(message.Data) ?? message.Data, ct);
        if (answer is NoticeAnswer.Accepted accepted)
            return await messages.EndAsync(message, CitizenMessageStatus.Noticed, null, CancellationToken.None, accepted.Notice.Id);
        var problems = answer is NoticeAnswer.Refused refused ? string.Join('；', refused.Problems.Values) : "";
        return await consented.SendAsync(message, $"{because}；模板消息：{problems}", ct);
    }

    private static Idempotency Once(CitizenMessage message) => new(Sender, message.Key, SHA256.HashData(Encoding.UTF8.GetBytes(message.Key)));
}

internal static class MessageEnds
{
    public static async Task<JobOutcome> EndAsync(
        this ICitizenMessages messages, CitizenMessage message, CitizenMessageStatus status, string? error, CancellationToken ct, string? noticeId = null)
    {
        await messages.EndAsync(message.Id, status, noticeId, error, ct);
        return JobOutcome.Finished;
    }
}
