using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Host.Delivery;
using Bot.Host.Delivery.Webhooks;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Other systems hear what became of their notices.</summary>
public sealed class WebhookTests : NoticeFixture
{
    private readonly List<(string Body, string Signature, string Delivery)> _heard = [];
    private readonly Queue<int> _answers = [];
    private WebApplication _other = null!;

    [OneTimeSetUp]
    public async Task Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _other = builder.Build();
        _other.Run(async http =>
        {
            using StreamReader body = new(http.Request.Body);
            _heard.Add((await body.ReadToEndAsync(), http.Request.Headers[WebhookClient.Signature].ToString(), http.Request.Headers[WebhookClient.Delivery].ToString()));
            http.Response.StatusCode = _answers.Count > 0 ? _answers.Dequeue() : 204;
            if (http.Response.StatusCode == StatusCodes.Status302Found)
                http.Response.Headers.Location = "/elsewhere";
        });
        await _other.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await _other.DisposeAsync();

    [SetUp]
    public void Forget()
    {
        _heard.Clear();
        _answers.Clear();
        // Calls are enqueued by the database's own clock.
        Clock.AdjustTime(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task Tells_each_final_outcome_once_signed()
    {
        var secret = await Get<INoticeWebhooks>().SetAsync("bench", new Uri(_other.Urls.First()), "test", default);
        var id = await OutcomesAsync();

        Assert.That(await RunAsync(), Is.All.EqualTo(JobOutcome.Finished));

        var outcomes = _heard.SelectMany(h => JsonDocument.Parse(h.Body).RootElement.GetProperty("recipients").EnumerateArray()).ToArray();
        Assert.That(outcomes.Select(o => (o.GetProperty("id").GetString(), o.GetProperty("row").GetInt32(), o.GetProperty("status").GetString())),
            Is.EquivalentTo([(id, 1, "delivered"), (id, 2, "refused"), (id, 3, "failed")]));
        Assert.That(_heard.Select(h => h.Body), Is.All.Not.Contain("o-0000001"), "no openid leaves this way");
        foreach (var (body, signature, _) in _heard)
        {
            var parts = signature.Split(',').ToDictionary(p => p[..p.IndexOf('=')], p => p[(p.IndexOf('=') + 1)..]);
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{body}"));
            Assert.That(parts["v1"], Is.EqualTo(Convert.ToHexStringLower(expected)));
        }

        Assert.That(await RunAsync(), Is.Empty, "nothing is left to tell");
        await Notices.EraseAsync(Clock.GetUtcNow().AddDays(1), default);
        Assert.That(await RunAsync(), Is.Empty, "erasing tells nothing");
    }

    [TestCase(500)]
    [TestCase(302)]
    public async Task What_was_not_taken_is_told_again_under_the_same_number(int status)
    {
        await Get<INoticeWebhooks>().SetAsync("bench", new Uri(_other.Urls.First()), "test", default);
        await OutcomesAsync(rows: 1);
        _answers.Enqueue(status);

        Assert.That((await RunAsync()).Single(), Is.EqualTo(new JobOutcome.Failed($"127.0.0.1 answered {status}")));
        Assert.That((await RunAsync()).Single(), Is.EqualTo(JobOutcome.Finished));

        Assert.That(_heard.Select(h => h.Delivery).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_heard, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_receiver_that_failed_is_left_alone_for_a_while_and_hears_everything_later()
    {
        await Get<INoticeWebhooks>().SetAsync("bench", new Uri(_other.Urls.First()), "test", default);
        await OutcomesAsync(rows: 1);
        await OutcomesAsync(rows: 1);
        _answers.Enqueue(500);

        Assert.That((await RunAsync()).Select(o => o.GetType()), Is.EqualTo([typeof(JobOutcome.Failed), typeof(JobOutcome.Later)]));
        Assert.That(_heard, Has.Count.EqualTo(1), "one of them waits elsewhere than in a job's place");
        Assert.That(await RunAsync(), Is.All.EqualTo(JobOutcome.Finished).And.Exactly(2).Items);
        Assert.That(_heard.Select(h => h.Delivery).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Silent_receivers_are_called_one_at_a_time_and_never_take_all_places()
    {
        WebhookTurns turns = new(Clock);
        Assert.That(turns.TryBegin("a", false), Is.Null);
        Assert.That(turns.TryBegin("a", true), Is.Not.Null, "one call at a time");
        string[] others = ["b", "c", "d"];
        Assert.That(others.Select(o => turns.TryBegin(o, false)), Is.All.Null);
        Assert.That(turns.TryBegin("e", false), Is.Not.Null, "the other places are for other jobs");
        turns.End("a", took: false);
        Assert.That(turns.TryBegin("a", false), Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(turns.TryBegin("a", evenResting: true), Is.Null);
    }

    [Test]
    public async Task Another_systems_notices_are_none_of_its_business()
    {
        await Get<INoticeWebhooks>().SetAsync("somebody else", new Uri(_other.Urls.First()), "test", default);
        await OutcomesAsync();
        Assert.That(await RunAsync(), Is.Empty);
    }

    [Test]
    public async Task The_offices_own_network_is_out_of_reach_unless_allowed()
    {
        await Get<INoticeWebhooks>().SetAsync("bench", new Uri(_other.Urls.First()), "test", default);
        await OutcomesAsync(rows: 1);
        var outcome = (await RunAsync(inside: false)).Single();
        Assert.That(((JobOutcome.Failed)outcome).Why, Does.Contain("private network"));
        Assert.That(_heard, Is.Empty);
    }

    [TestCase("8.8.8.8", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("10.1.2.3", false)]
    [TestCase("127.0.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("172.31.0.1", false)]
    [TestCase("192.168.1.1", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fd00::1", false)]
    [TestCase("::ffff:10.0.0.1", false)]
    [TestCase("64:ff9b::a00:1", false)]
    [TestCase("2002:a00:1::", false)]
    public void Knows_the_public_internet(string address, bool isPublic) => Assert.That(PublicAddress.Is(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    // Three recipients that end in three ways: by the platform's event, its answer, and a fault.
    private async Task<string> OutcomesAsync(int rows = 3)
    {
        var id = ((Handlers.Notices.NoticeAnswer.Accepted)await Office.SendAsync(
            Bench.Notices.BenchTemplate.Request(NoticeLane.Bulk), Bench.Notices.BenchTemplate.Rows(rows), default)).Notice.Id;
        var claim = await ClaimAsync();
        var sorted = claim.Rows.OrderBy(r => r.Row).ToArray();
        SendResult[] results = [Sent(sorted[0], 901), .. sorted.Skip(1).Select((row, i) => new SendResult.Ended(
            i == 0 ? RecipientStatus.Refused : RecipientStatus.Failed, 1, "因故") { NoticeId = row.NoticeId, Row = row.Row, Lease = row.Lease })];
        await RecordAsync(claim, results);
        await Get<INoticeEvents>().HearAsync(Event(sorted[0], 901), default);
        return id;
    }

    private async Task<List<JobOutcome>> RunAsync(bool inside = true)
    {
        using WebhookClient client = new(Options.Create(new ApiOptions { PrivateWebhooks = inside }), Clock);
        WebhookJob handler = new(Get<INoticeWebhooks>(), client, new WebhookTurns(Clock), Clock);
        List<JobOutcome> outcomes = [];
        Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var job in await Get<IJobs>().ClaimAsync([handler.Kind], 10, TimeSpan.FromSeconds(30), default))
        {
            var outcome = await handler.RunAsync(job, default);
            outcomes.Add(outcome);
            await (outcome switch
            {
                JobOutcome.Failed failed => Get<IJobs>().AgainAsync(job, Clock.GetUtcNow(), failed.Why, default),
                JobOutcome.Later later => Get<IJobs>().DeferAsync(job, later.At, default),
                _ => Get<IJobs>().DoneAsync(job, default),
            });
        }

        return outcomes;
    }
}
