using System.Net;
using System.Net.Sockets;

using Bot.WeChat;
using Bot.WeChat.Api;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

/// <summary>What the network and the platform can do to a call.</summary>
public sealed class FaultsTests
{
    private const string Say = "/cgi-bin/message/custom/send";
    private const string Notify = "/cgi-bin/message/template/send";
    private const string Read = "/cgi-bin/tags/get";
    private const string Html = "<html><body>502 Bad Gateway</body></html>";
    private const string Tags = """{"tags":[{"id":2,"name":"星标组","count":0}]}""";
    private const string Sent = """{"errcode":0,"errmsg":"ok","msgid":3557254367693750277}""";
    private const string Busy = """{"errcode":-1,"errmsg":"system error rid: 1-2-3"}""";
    private static readonly OpenId Citizen = new("oGov0Test0User0000000000001x");

    private ScriptedPlatform _platform;
    private ApiClient _client;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _client = new ApiClient(_platform.Address, new QuickRetries());
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> NoAnswers =>
    [
        new TestCaseData((RequestDelegate)Cut).SetArgDisplayNames("connection cut after the work was done"),
        new TestCaseData((RequestDelegate)Half).SetArgDisplayNames("half of the JSON, then cut"),
        new TestCaseData(Says("""{"errcode":0,"errm""")).SetArgDisplayNames("truncated JSON"),
        new TestCaseData(Says(Html)).SetArgDisplayNames("an HTML page"),
        new TestCaseData(Says("")).SetArgDisplayNames("nothing"),
        new TestCaseData(Says("null")).SetArgDisplayNames("null"),
        new TestCaseData(Says(Html, 502)).SetArgDisplayNames("HTTP 502"),
        new TestCaseData(Says(new string(' ', 9_000_000))).SetArgDisplayNames("nine megabytes"),
    ];

    [TestCaseSource(nameof(NoAnswers))]
    public async Task A_message_without_a_usable_answer_is_unknown_and_not_repeated(RequestDelegate act)
    {
        _platform.Does(Say, act);

        var result = await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default);

        Assert.That(result.Error?.Class, Is.EqualTo(ErrorClass.OutcomeUnknown));
        Assert.That(_platform.AskedFor(Say).Count(), Is.EqualTo(1));
        Assert.That(_client.Calls.Seen, Does.Contain((Say, ApiError.OutcomeUnknownCode)));
    }

    [TestCaseSource(nameof(NoAnswers))]
    public async Task A_notice_with_a_dedup_id_is_repeated(RequestDelegate act)
    {
        _platform.Does(Notify, act, Says(Sent));

        var result = await NotifyAsync("case-1");

        Assert.That(result.Value, Is.EqualTo(3557254367693750277));
        Assert.That(_platform.AskedFor(Notify).Select(r => r.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(NoAnswers))]
    public async Task A_read_is_repeated(RequestDelegate act)
    {
        _platform.Does(Read, act, act, act, Says(Tags));

        var result = await _client.Get<ITags>().ListAsync(default);

        Assert.That(result.Value, Is.EqualTo(new[] { new Tag(2, "星标组") }));
    }

    [Test]
    public async Task A_notice_without_a_dedup_id_is_not_repeated()
    {
        _platform.Does(Notify, Cut, Says(Sent));

        var result = await NotifyAsync(null);

        Assert.That(result.Error?.Class, Is.EqualTo(ErrorClass.OutcomeUnknown));
        Assert.That(_platform.AskedFor(Notify).Count(), Is.EqualTo(1));
    }

    [TestCase("""{"errcode":45009,"errmsg":"quota"}""", ErrorClass.OutcomeUnknown)]
    [TestCase("""{"errcode":40037,"errmsg":"template"}""", ErrorClass.OutcomeUnknown)]
    [TestCase("""{"errcode":40001,"errmsg":"token"}""", ErrorClass.OutcomeUnknown)]
    [TestCase(Busy, ErrorClass.Retry)]
    [TestCase("""{"errcode":43101,"errmsg":"refuse"}""", ErrorClass.DropRecipient)]
    public async Task What_may_have_been_done_is_not_called_undone_because_of_a_later_attempt(string later, ErrorClass told)
    {
        _platform.Does(Notify, Cut, Says(later));

        Assert.That((await NotifyAsync("case-1")).Error?.Class, Is.EqualTo(told));
    }

    [Test]
    public async Task Without_a_token_nothing_was_sent()
    {
        _platform.Does(ScriptedPlatform.Token, Says(Html, 502));

        Assert.That((await NotifyAsync("case-1")).Error?.Class, Is.EqualTo(ErrorClass.NotSent));
        Assert.That(_platform.AskedFor(Notify), Is.Empty);
    }

    [TestCase("case-1", 4)]
    [TestCase(null, 1)]
    public async Task A_busy_platform_is_asked_again_only_when_that_is_harmless(string? dedupId, int times)
    {
        _platform.Says(Notify, Busy);

        var result = await NotifyAsync(dedupId);

        Assert.That(result.Error?.Class, Is.EqualTo(ErrorClass.Retry));
        Assert.That(_platform.AskedFor(Notify).Count(), Is.EqualTo(times));
    }

    [Test]
    public async Task An_unknown_negative_code_is_tried_twice_more()
    {
        _platform.Says(Read, """{"errcode":-7,"errmsg":"?"}""");

        await _client.Get<ITags>().ListAsync(default);

        Assert.That(_platform.AskedFor(Read).Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Reads_JSON_whatever_the_content_type_says()
    {
        _platform.Does(Read, http =>
        {
            http.Response.ContentType = "text/html; charset=gbk";
            return http.Response.WriteAsync("\uFEFF" + Tags);
        });

        Assert.That((await _client.Get<ITags>().ListAsync(default)).Ok, Is.True);
    }

    [Test]
    public async Task A_slow_answer_is_not_waited_for()
    {
        var clock = new FakeTimeProvider();
        await using var client = new ApiClient(_platform.Address, clock);
        var (arrived, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        _platform.Does(Say, async http =>
        {
            arrived.SetResult();
            await never.Task;
        });

        var sending = client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(10));
        var result = await sending;
        never.SetResult();

        Assert.That(result.Error, Is.EqualTo(new ApiError(ApiError.OutcomeUnknownCode, "no answer in time", null, ErrorClass.OutcomeUnknown)));
    }

    [Test]
    public async Task The_callers_own_cancellation_is_an_exception()
    {
        using var patience = new CancellationTokenSource();
        _platform.Does(Say, async http =>
        {
            await patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        Assert.That(
            async () => await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), patience.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Without_a_connection_nothing_was_sent()
    {
        await using var client = new ApiClient(ClosedPort(), new QuickRetries());

        var result = await client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default);

        Assert.That(result.Error?.Class, Is.EqualTo(ErrorClass.NotSent));
    }

    [Test]
    public async Task Nothing_secret_or_personal_is_logged()
    {
        _platform.Does(Say, Says(Busy), Cut, Says(Html), Says("""{"errcode":40014,"errmsg":"invalid access_token TOKEN-1 rid: 1-2-3"}"""));
        var errors = new List<ApiError?>();
        for (var i = 0; i < 4; i++)
            errors.Add((await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default)).Error);

        var lines = string.Join('\n', _client.Log.Lines) + string.Join('\n', errors);

        Assert.That(lines, Does.Contain(Say).And.Contain("-1").And.Contain("1-2-3"));
        foreach (var secret in new[] { "TOKEN-1", ApiClient.Secret, Citizen.Value, "您好", "access_token=" })
            Assert.That(lines, Does.Not.Contain(secret));
    }

    private static RequestDelegate Says(string body, int status = 200) => http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    };

    private static Task Cut(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private static async Task Half(HttpContext http)
    {
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("""{"errcode":0,""");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private static string ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    private Task<ApiResult<long>> NotifyAsync(string? dedupId) => _client.Get<ITemplates>().SendAsync(
        new(Citizen, "template", new Dictionary<string, string> { ["thing1"] = "居住证办理" }) { ClientMsgId = dedupId }, default);
}
