using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;
using Bot.Handlers.Privacy;
using Bot.Tests.Data.Postgres;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class ErasureWaitsTests : StoreFixture
{
    private static readonly OpenId s_citizen = new("oWaits");

    [Test]
    public async Task While_WeChat_is_away_all_that_is_ours_goes_and_the_rest_once_it_is_back()
    {
        var (platform, ours, sessions) = (new Part { Away = true }, new Part(), new Sessions());
        var requests = new PostgresPrivacyRequests(One, [platform, ours], sessions);
        var number = await requests.AskEraseAsync(s_citizen, "system:erase", null, DateTimeOffset.UtcNow, default);
        var job = new ErasureJob(requests, TimeProvider.System);
        var run = new Job(1, job.Kind, $"{number}", $"{number}", 8, Guid.NewGuid());
        Assert.That(await job.RunAsync(run, default), Is.InstanceOf<JobOutcome.Again>(), "it waits for nobody, however long that takes");
        Assert.That((ours.Erased, sessions.Forgotten), Is.EqualTo((1, 1)));

        platform.Away = false;
        Assert.That(await job.RunAsync(run, default), Is.InstanceOf<JobOutcome.Done>());
        Assert.That(platform.Erased, Is.EqualTo(1));
        Assert.That(await AskAsync<long>("select count(*) from privacy_request where openid <> ''"), Is.Zero);
    }

    private sealed class Part : ICitizenRecords
    {
        public bool Away { get; set; }
        public int Erased { get; private set; }
        public IReadOnlyList<string> Tables => [];
        public Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<RecordSection>>([]);
        public Task<int> EraseAsync(OpenId citizen, CancellationToken ct) => Away ? throw new ErasureWaitsException("WeChat is away") : Task.FromResult(++Erased);
    }

    private sealed class Sessions : Bot.Data.Sessions.ISessionErasure
    {
        public int Forgotten { get; private set; }

        public Task ForgetAsync(OpenId citizen)
        {
            Forgotten++;
            return Task.CompletedTask;
        }
    }
}
