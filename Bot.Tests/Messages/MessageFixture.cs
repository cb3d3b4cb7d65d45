using Bot.Bench.Notices;
using Bot.Data.Consents;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.Handlers.Conversation;
using Bot.Handlers.Jobs;
using Bot.Handlers.Messages;
using Bot.Tests.Notices;
using Bot.WeChat;
using Bot.WeChat.Api;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Messages;

/// <summary>A citizen to be told something, and ways to them that end as the test says.</summary>
public abstract class MessageFixture : NoticeFixture
{
    internal static readonly OpenId Citizen = new("oTold");

    internal ScriptedDesk Desk { get; } = new();

    internal ScriptedSubscriptions Subscriptions { get; } = new();

    internal RememberedScreens Screens { get; } = new();

    [SetUp]
    public void Forget()
    {
        Desk.Said.Clear();
        Desk.Answers.Clear();
        Subscriptions.Sent.Clear();
        Screens.Shown.Clear();
        Subscriptions.Answer = new Done();
        (Desk.Meanwhile, Subscriptions.Meanwhile) = (() => { }, () => { });
        // Some jobs are enqueued by the database's own clock.
        Clock.AdjustTime(DateTimeOffset.UtcNow);
    }

    internal static ApiError Fault(int code) => ApiError.Answered(code, "");

    internal static SendResult.Ended Refused(ClaimedNotice row) =>
        new(RecipientStatus.Refused, 43101, "用户拒收") { NoticeId = row.NoticeId, Row = row.Row, Lease = row.Lease };

    internal Task HeardAsync(int hoursAgo) => ExecuteAsync(
        "insert into follower (openid, subscribed, last_message_at) values (@To, true, @at)",
        new { To = Citizen.Value, at = Clock.GetUtcNow().AddHours(-hoursAgo).UtcDateTime });

    internal async Task ConsentAsync(int times)
    {
        await Get<IConsents>().SyncAsync(
        [
            new SubscriptionTemplate("SUBSCRIBED", BenchTemplate.Info.Title, BenchTemplate.Info.Content, Type: 2),
            new SubscriptionTemplate("FOREVER", "别的", "事项:{{thing1.DATA}}", Type: 3),
        ], default);
        for (var time = 1; time <= times; time++)
            await Get<IConsents>().HearAsync(Citizen, "SUBSCRIBED", accepted: true, time, default);
    }

    internal Task AddAsync(string key) => Get<ICitizenMessages>().AddAsync(Message(key), default);

    internal static NewCitizenMessage Message(string key) => new()
    {
        Key = key, To = Citizen, Words = "您的工单已答复", Template = BenchTemplate.Code,
        Data = new Dictionary<string, string> { ["thing1"] = "工单答复", ["phrase2"] = "已答复", ["time3"] = "10:00" },
    };

    // As the host's runner does, one after the other.
    internal async Task<List<JobOutcome>> RunAsync(CancellationToken stopping = default)
    {
        ConsentedNotices consented = new(Get<ICitizenMessages>(), Get<IMessageTemplates>(), Get<IConsents>(), Subscriptions, Clock);
        IJobHandler[] handlers =
        [
            new CitizenMessenger(Get<ICitizenMessages>(), Desk, Get<IMessageTemplates>(), Notices, Office, consented, Clock), new FailedMessages(Get<ICitizenMessages>(), Notices, consented, Clock),
            new PromptShower(new PostgresPrompts(Database.DataSource, Clock), Screens, Clock),
        ];
        List<JobOutcome> outcomes = [];
        Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var job in await Get<IJobs>().ClaimAsync([.. handlers.Select(h => h.Kind)], 10, TimeSpan.FromSeconds(30), default))
        {
            JobOutcome outcome;
            try
            {
                outcome = await handlers.Single(h => h.Kind == job.Kind).RunAsync(job, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                outcome = new JobOutcome.Again(Clock.GetUtcNow());
            }

            outcomes.Add(outcome);
            await (outcome switch
            {
                JobOutcome.Failed failed => Get<IJobs>().AgainAsync(job, Clock.GetUtcNow(), failed.Why, default),
                JobOutcome.Again again => Get<IJobs>().AgainAsync(job, again.At, null, default),
                _ => Get<IJobs>().DoneAsync(job, default),
            });
        }

        return outcomes;
    }

    internal async Task<(string Status, string? Error)> StandsAsync(string key)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string, string?)>("select status, error from citizen_message where key = @key", new { key });
    }

    internal sealed class RememberedScreens : IScreens
    {
        public List<(OpenId Citizen, string Choices, DateTimeOffset At)> Shown { get; } = [];

        public Task<bool> ShowAsync(OpenId citizen, System.Collections.Immutable.ImmutableArray<string> choices, DateTimeOffset sentAt, string key, CancellationToken ct)
        {
            Shown.Add((citizen, string.Join(',', choices), sentAt));
            return Task.FromResult(true);
        }
    }
}
