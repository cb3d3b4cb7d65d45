using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Host.Delivery;
using Bot.Host.Delivery.Jobs;
using Bot.Host.Delivery.Webhooks;
using Bot.Host.Settings;
using Bot.Tests.Delivery;
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
    private TaskCompletionSource? _speaks;
    private long _messages = 900;

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
            var words = await body.ReadToEndAsync();
            lock (_heard)
                _heard.Add((words, http.Request.Headers[WebhookClient.Signature].ToString(), http.Request.Headers[WebhookClient.Delivery].ToString()));
            await (_speaks?.Task ?? Task.CompletedTask);
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
        _speaks = null;
        Clock.AdjustTime(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task Tells_each_final_outcome_once_signed()
    {
        var secret = await HookAsync();
        var id = await OutcomesAsync();

        await RunAsync();

        Assert.That(Told(), Is.EquivalentTo([(id, 1, "delivered"), (id, 2, "refused"), (id, 3, "failed")]));
        Assert.That(_heard.Select(h => h.Body), Is.All.Not.Contain("o-0000001"), "no openid leaves this way");
        foreach (var (body, signature, _) in _heard)
        {
            var parts = signature.Split(',').ToDictionary(p => p[..p.IndexOf('=')], p => p[(p.IndexOf('=') + 1)..]);
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{body}"));
            Assert.That(parts["v1"], Is.EqualTo(Convert.ToHexStringLower(expected)));
        }

        _heard.Clear();
        await RunAsync();
        await Notices.EraseAsync(Clock.GetUtcNow().AddDays(1), default);
        await RunAsync();
        Assert.That(_heard, Is.Empty, "nothing is left to tell, and erasing tells nothing");
    }

    [Test]
    public async Task Outcomes_that_came_one_by_one_are_told_together_in_their_order()
    {
        const int Rows = WebhookCall.Most + 2;
        await HookAsync("clerk");
        await RunAsync();
        var id = await MakeAsync(Rows);
        var claim = await ClaimAsync(Rows);
        var sent = claim.Rows.OrderBy(r => r.Row).Select(row => (Row: row, Message: ++_messages)).ToArray();
        await RecordAsync(claim, [.. sent.Select(s => Sent(s.Row, s.Message))]);
        foreach (var (row, message) in sent)
            await Get<INoticeEvents>().HearAsync(Event(row, message), default);

        Assert.That((await RunAsync()).Single(), Is.TypeOf<JobOutcome.Again>());

        Assert.That(Told(), Is.EqualTo(Enumerable.Range(1, Rows).Select(row => (id, row, "delivered"))), "a call for each statement would be as many calls");
        Assert.That(_heard.Select(h => Outcomes(h.Body).Count()), Is.EqualTo([WebhookCall.Most, 2]));
        Assert.That(_heard.SelectMany(h => Outcomes(h.Body)).Select(o => long.Parse(o.GetProperty("event").GetString()!, null)), Is.Unique.And.Ordered);
    }

    [TestCase(500)]
    [TestCase(302)]
    public async Task What_was_not_taken_is_told_again_as_it_was_under_the_same_number(int status)
    {
        await HookAsync();
        await OutcomesAsync(rows: 1);
        _answers.Enqueue(status);

        Assert.That((await RunAsync()).Single(), Is.EqualTo(new JobOutcome.Failed($"127.0.0.1 answered {status}")));
        await OutcomesAsync(rows: 1);
        Assert.That((await RunAsync()).Single(), Is.TypeOf<JobOutcome.Again>());

        Assert.That(_heard, Has.Count.EqualTo(3));
        Assert.That((_heard[1].Body, _heard[1].Delivery), Is.EqualTo((_heard[0].Body, _heard[0].Delivery)), "whoever took it though we did not hear so may drop it by its number");
        Assert.That(_heard[2].Delivery, Is.Not.EqualTo(_heard[0].Delivery));
    }

    [Test]
    public async Task A_receiver_that_is_away_is_tried_for_three_days_and_no_outcome_hurries_it()
    {
        await HookAsync();
        await OutcomesAsync(rows: 1);
        _answers.Enqueue(500);
        await RunAsync(pause: TimeSpan.FromHours(1));
        await OutcomesAsync(rows: 1);
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.That(await RunAsync(), Is.Empty);
        Assert.That(await Get<IJobs>().ListAsync(null, INoticeWebhooks.JobKind, 0, 10, default), Has.Count.EqualTo(1));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await RunAsync();
        Assert.That(Told().Distinct().Count(), Is.EqualTo(2));
        using WebhookClient client = new(Options.Create(new ApiOptions()), Clock);
        Assert.That(Enumerable.Range(1, new WebhookJob(Get<INoticeWebhooks>(), client, Clock).Tries - 1).Sum(attempt => RetryPause.After(attempt).TotalDays), Is.InRange(3, 4));
    }

    [Test]
    public async Task Silent_receivers_never_take_all_places()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await HookAsync($"silent-{n}");
            await OutcomesAsync(rows: 1, by: $"silent-{n}");
        }

        _speaks = new();
        var running = RunAsync();
        await Eventually.IsTrueAsync(() => _heard.Count == 4, "four are called");
        _speaks.SetResult();
        Assert.That((await running).Select(o => o.GetType()), Has.Exactly(4).EqualTo(typeof(JobOutcome.Again)).And.Exactly(1).EqualTo(typeof(JobOutcome.Later)), "the other places are for other jobs");
    }

    [Test]
    public async Task What_a_release_before_left_is_told_first()
    {
        await HookAsync();
        await ExecuteAsync("""insert into notice_webhook_call (owner, body, created_at) values ('bench', '[{"id":"N1","row":1,"status":"delivered"}]', now())""");
        var id = await OutcomesAsync(rows: 1);
        Assert.That((await Get<INoticeWebhooks>().ListAsync(default)).Single().Waiting, Is.EqualTo(2));
        await RunAsync();
        Assert.That(Told(), Is.EqualTo([("N1", 1, "delivered"), (id, 1, "delivered")]));
        Assert.That((await Get<INoticeWebhooks>().ListAsync(default)).Single().Waiting, Is.Zero);
    }

    [Test]
    public async Task Whoever_wants_to_hear_nothing_any_more_finds_nothing_on_coming_back()
    {
        await HookAsync();
        await OutcomesAsync();
        await Get<INoticeWebhooks>().RemoveAsync("bench", "test", default);
        Assert.That((await RunAsync()).Single(), Is.EqualTo(JobOutcome.Finished));
        await OutcomesAsync();
        await HookAsync();
        var id = await OutcomesAsync(rows: 1);
        await RunAsync();
        Assert.That(Told(), Is.EqualTo([(id, 1, "delivered")]));
    }

    [Test]
    public async Task Another_systems_notices_are_none_of_its_business()
    {
        await HookAsync("somebody else");
        await OutcomesAsync();
        await RunAsync();
        Assert.That(_heard, Is.Empty);
    }

    [Test]
    public async Task The_offices_own_network_is_out_of_reach_unless_allowed()
    {
        await HookAsync();
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

    private Task<string> HookAsync(string owner = "bench") => Get<INoticeWebhooks>().SetAsync(owner, new Uri(_other.Urls.First()), "test", default);

    // Three recipients that end in three ways: by the platform's event, its answer, and a fault.
    private async Task<string> OutcomesAsync(int rows = 3, string by = "bench")
    {
        var id = ((Handlers.Notices.NoticeAnswer.Accepted)await Office.SendAsync(
            Bench.Notices.BenchTemplate.Request(NoticeLane.Bulk) with { MadeBy = by }, Bench.Notices.BenchTemplate.Rows(rows), default)).Notice.Id;
        var claim = await ClaimAsync();
        var sorted = claim.Rows.OrderBy(r => r.Row).ToArray();
        SendResult[] results = [Sent(sorted[0], ++_messages), .. sorted.Skip(1).Select((row, i) => new SendResult.Ended(
            i == 0 ? RecipientStatus.Refused : RecipientStatus.Failed, 1, "因故") { NoticeId = row.NoticeId, Row = row.Row, Lease = row.Lease })];
        await RecordAsync(claim, results);
        await Get<INoticeEvents>().HearAsync(Event(sorted[0], _messages), default);
        return id;
    }

    private static IEnumerable<JsonElement> Outcomes(string body) => JsonDocument.Parse(body).RootElement.GetProperty("recipients").EnumerateArray();

    private IEnumerable<(string?, int, string?)> Told() =>
        _heard.SelectMany(h => Outcomes(h.Body)).Select(o => (o.GetProperty("id").GetString(), o.GetProperty("row").GetInt32(), o.GetProperty("status").GetString()));

    /// <param name="pause">After a failure.</param>
    private async Task<List<JobOutcome>> RunAsync(bool inside = true, TimeSpan pause = default)
    {
        using WebhookClient client = new(Options.Create(new ApiOptions { PrivateWebhooks = inside }), Clock);
        WebhookJob handler = new(Get<INoticeWebhooks>(), client, Clock);
        // The job is woken by the database's own clock.
        if (Clock.GetUtcNow() < DateTimeOffset.UtcNow)
            Clock.AdjustTime(DateTimeOffset.UtcNow);
        var jobs = await Get<IJobs>().ClaimAsync([handler.Kind], 10, TimeSpan.FromSeconds(30), default);
        var outcomes = await Task.WhenAll(jobs.Select(job => handler.RunAsync(job, default)));
        foreach (var (job, outcome) in jobs.Zip(outcomes))
        {
            await (outcome switch
            {
                JobOutcome.Failed failed => Get<IJobs>().AgainAsync(job, Clock.GetUtcNow() + pause, failed.Why, default),
                JobOutcome.Later later => Get<IJobs>().DeferAsync(job, later.At, default),
                JobOutcome.Again again => Get<IJobs>().AgainAsync(job, again.At, null, default),
                _ => Get<IJobs>().DoneAsync(job, default),
            });
        }

        return [.. outcomes];
    }
}
