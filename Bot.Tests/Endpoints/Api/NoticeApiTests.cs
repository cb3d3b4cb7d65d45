using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Endpoints.Api;

/// <summary>The REST API driven from outside, with the simulator as the platform.</summary>
public sealed class NoticeApiTests
{
    private TestHost _host = null!;
    private ApiCaller _live = null!;
    private ApiCaller _team = null!;
    private ApiCaller _test = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync(settings: [("Api:Team", "oTeamMember"), ("Notices:RatePerSecond", "0")]);
        _live = await ApiCaller.OfAsync(_host, ApiKeyKind.Live);
        _team = await ApiCaller.OfAsync(_host, ApiKeyKind.Team);
        _test = await ApiCaller.OfAsync(_host, ApiKeyKind.Test);
        // The templates come over by themselves, in the background.
        while (await _host.Services.GetRequiredService<INoticeTemplates>().FindAsync("progress", default) is null)
            await Task.Delay(50);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_citizens_notice_is_sent_once_and_its_outcome_told()
    {
        var citizen = (await CitizensAsync(1)).Single();

        var made = await _live.PostAsync("", ApiCaller.Single(citizen), "k-1");
        var again = await _live.PostAsync("", ApiCaller.Single(citizen), "k-1");
        var other = await _live.PostAsync("", ApiCaller.Single("oSomebodyElse"), "k-1");

        Assert.That((made.Status, made.Type), Is.EqualTo((201, "application/json")));
        Assert.That(made.Headers.Location!.ToString(), Is.EqualTo($"/api/v1/notices/{made.Id}"));
        Assert.That((again.Status, again.Text), Is.EqualTo((201, made.Text)));
        Assert.That((other.Status, other.Type), Is.EqualTo((409, "application/problem+json")));
        Assert.That(Counts(await _live.EndAsync(made.Id)), Is.EqualTo((0, 0, 1, 0, 0, 0)));
        Assert.That((await ChatAsync(citizen)).GetArrayLength(), Is.EqualTo(1), "the phone shows it once");
    }

    [Test]
    public async Task Many_at_once_end_in_counts_that_add_up()
    {
        var citizens = await CitizensAsync(20);
        await SetAsync(citizens[0], new { refuses = true });
        await SetAsync(citizens[1], new { blacklisted = true });

        var made = await _live.PostAsync("/bulk", ApiCaller.Bulk([.. citizens, "oNobodyThatWeKnow", "", citizens[0]]));

        Assert.That(made.Status, Is.EqualTo(202));
        Assert.That(made.Json.GetProperty("accepted").GetInt32(), Is.EqualTo(21));
        Assert.That(made.Json.GetProperty("rejected")[0].ToString(), Is.EqualTo("""{"row":22,"reason":"openid：不能为空"}"""));
        Assert.That(Counts(await _live.EndAsync(made.Id)), Is.EqualTo((0, 0, 18, 1, 2, 0)));
        var refused = (await _live.GetAsync($"/{made.Id}/recipients?status=refused")).Json.GetProperty("recipients");
        Assert.That(refused.EnumerateArray().Single().GetProperty("openid").GetString(), Is.EqualTo(citizens[0]));
        var metrics = await _host.Client.GetStringAsync("/metrics");
        Assert.That(metrics, Does.Match("bot_notices_total\\{outcome=\"refused\"\\} [1-9]").And.Contain("bot_notices_total{outcome=\"unknown\"} 0"));
    }

    [Test]
    public async Task Recipients_come_page_by_page()
    {
        var made = await _test.PostAsync("/bulk", ApiCaller.Bulk(Enumerable.Range(0, 25).Select(i => $"oPage{i}")));
        await _test.EndAsync(made.Id);
        List<int> rows = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await _test.GetAsync($"/{made.Id}/recipients?limit=10&cursor={cursor}")).Json;
            rows.AddRange(page.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("row").GetInt32()));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.That(rows, Is.EqualTo(Enumerable.Range(1, 25)));
        Assert.That((await _test.GetAsync($"/{made.Id}/recipients?cursor=x")).Errors.Keys, Is.EqualTo(["cursor"]));
        Assert.That((await _test.GetAsync($"/{made.Id}/recipients?status=lost")).Errors.Keys, Is.EqualTo(["status"]));
    }

    [TestCase("test-delivered", "delivered")]
    [TestCase("test-refused", "refused")]
    [TestCase("test-failed", "failed")]
    public async Task A_test_key_pretends(string openid, string outcome)
    {
        var made = await _test.PostAsync("", ApiCaller.Single(openid));
        Assert.That((await _test.EndAsync(made.Id)).GetProperty("counts").GetProperty(outcome).GetInt32(), Is.EqualTo(1));
        Assert.That((await _live.GetAsync($"/{made.Id}")).Status, Is.EqualTo(404), "another key's notice is not there");
    }

    [Test]
    public async Task A_team_key_reaches_the_team_only()
    {
        Assert.That((await _team.PostAsync("", ApiCaller.Single("oTeamMember"))).Status, Is.EqualTo(201));
        Assert.That((await _team.PostAsync("", ApiCaller.Single("oCitizen"))).Errors.Keys, Is.EqualTo(["openid"]));
        Assert.That((await _team.PostAsync("", ApiCaller.Single("oClerk"))).Errors.Keys, Is.EqualTo(["openid"]), "not bound yet");
        var testers = _host.Services.GetRequiredService<INoticeTesters>();
        await testers.BindAsync(await testers.NewCodeAsync(1, default), new("oClerk"), default);
        Assert.That((await _team.PostAsync("", ApiCaller.Single("oClerk"))).Status, Is.EqualTo(201));
        var bulk = await _team.PostAsync("/bulk", ApiCaller.Bulk("oTeamMember", "oCitizen"));
        Assert.That(bulk.Json.GetProperty("rejected")[0].GetProperty("row").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_key_sends_by_the_templates_that_its_department_may_use()
    {
        var templates = _host.Services.GetRequiredService<INoticeTemplates>();
        await templates.AllowAsync((await templates.FindAsync("payment", default))!.Id, ["renshe"], "admin", default);
        var insider = await ApiCaller.OfAsync(_host, ApiKeyKind.Test, "社保系统", "renshe");
        var outsider = await ApiCaller.OfAsync(_host, ApiKeyKind.Live, "城管系统", "chengguan");
        foreach (var stranger in (ApiCaller[])[outsider, _live])
        {
            var refused = await stranger.PostAsync("", ApiCaller.Single("o", "payment"));
            Assert.That((refused.Status, refused.Errors["template"]), Is.EqualTo((400, "这个模板只限指定的部门使用，您的密钥不属于其中的部门，请联系管理员")));
            Assert.That((await stranger.PostAsync("/bulk?template=payment", Encoding.UTF8.GetBytes("openid\no\n"), "text/csv")).Errors.Keys, Is.EqualTo(["template"]), "nor does it learn the columns");
        }

        Assert.That((await insider.PostAsync("", ApiCaller.Single("o", "payment"))).Errors.Keys, Is.EqualTo(["data"]), "taken, but for its words");
        Assert.That((await insider.PostAsync("", ApiCaller.Single("o"))).Status, Is.EqualTo(201), "and what is for everybody");
        Assert.That(await CodesAsync(insider), Does.Contain("payment").And.Contain("progress"));
        Assert.That(await CodesAsync(outsider), Does.Not.Contain("payment").And.Contain("progress"));

        static async Task<string?[]> CodesAsync(ApiCaller caller) =>
            [.. (await caller.TemplatesAsync()).GetProperty("templates").EnumerateArray().Select(t => t.GetProperty("code").GetString())];
    }

    [Test]
    public async Task What_is_scheduled_can_be_cancelled_and_stays_so()
    {
        var at = DateTimeOffset.UtcNow.AddDays(2).ToString("O");
        var made = await _live.PostAsync("", new { template = "progress", openid = "oLater", data = ApiCaller.Data, scheduledAt = at });
        Assert.That(made.Json.GetProperty("status").GetString(), Is.EqualTo("scheduled"));

        Assert.That((await _live.PostAsync($"/{made.Id}/cancel")).Text, Is.EqualTo($$"""{"id":"{{made.Id}}","status":"cancelled"}"""));
        Assert.That((await _live.PostAsync($"/{made.Id}/cancel")).Status, Is.EqualTo(200), "asking again is no mistake");

        Assert.That(Counts(await _live.EndAsync(made.Id)), Is.EqualTo((0, 0, 0, 0, 0, 1)));
        var done = await _test.PostAsync("", ApiCaller.Single("test-delivered"));
        await _test.EndAsync(done.Id);
        Assert.That((await _test.PostAsync($"/{done.Id}/cancel")).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task A_caller_finds_what_it_sent_by_its_own_name_for_it()
    {
        var caller = await ApiCaller.OfAsync(_host, ApiKeyKind.Test, "不动产系统");
        List<string> ids = [];
        for (var i = 0; i < 3; i++)
            ids.Add((await caller.PostAsync("", new { template = "progress", openid = "o", data = ApiCaller.Data, reference = i < 2 ? "deed-1" : "deed-2" })).Id);

        Assert.That((await caller.GetAsync("?reference=deed-1")).Json.GetProperty("notices").EnumerateArray().Select(n => n.GetProperty("id").GetString()), Is.EqualTo([ids[1], ids[0]]));
        var page = (await caller.GetAsync("?limit=2")).Json;
        Assert.That(page.GetProperty("notices").EnumerateArray().Select(n => n.GetProperty("id").GetString()), Is.EqualTo([ids[2], ids[1]]));
        Assert.That((await caller.GetAsync($"?limit=2&cursor={page.GetProperty("next")}")).Json.GetProperty("notices").EnumerateArray().Single().GetProperty("id").GetString(), Is.EqualTo(ids[0]));
        Assert.That((await _test.GetAsync("?reference=deed-1")).Json.GetProperty("notices").GetArrayLength(), Is.Zero, "those of others are not there");
        foreach (var (query, field) in new[] { ("status=lost", "status"), ("limit=101", "limit"), ("limit=x", "limit"), ("cursor=N1", "cursor"), ($"reference={new string('r', 129)}", "reference") })
            Assert.That((await caller.GetAsync($"?{query}")).Errors.Keys, Is.EqualTo([field]));
    }

    [Test]
    public async Task An_openid_that_we_never_saw_is_sent_and_the_platform_decides()
    {
        var made = await _live.PostAsync("", ApiCaller.Single("oNeverSeenBefore"));
        await _live.EndAsync(made.Id);
        var row = (await _live.GetAsync($"/{made.Id}/recipients")).Json.GetProperty("recipients")[0];
        Assert.That((row.GetProperty("status").GetString(), row.GetProperty("errorCode").GetInt32()), Is.EqualTo(("failed", 40003)));
        Assert.That(await _host.Client.GetStringAsync("/metrics"), Does.Not.Contain("bot_notice_delay_seconds_count 0\n"));
    }

    [Test]
    public async Task A_csv_of_recipients_is_a_bulk_notice()
    {
        var file = Encoding.UTF8.GetBytes(Csv(Enumerable.Range(0, 30).Select(i => $"oCsv{i},居住证,审核通过,2026年11月23日 10:00,A{i}")));
        var made = await _test.PostAsync("/bulk?template=progress&reference=r", file, "text/csv; charset=utf-8");
        Assert.That((made.Status, made.Json.GetProperty("accepted").GetInt32()), Is.EqualTo((202, 30)));
        Assert.That(Counts(await _test.EndAsync(made.Id)), Is.EqualTo((0, 0, 30, 0, 0, 0)));

        var missing = await _test.PostAsync("/bulk?template=progress", Encoding.UTF8.GetBytes("openid,thing1\nx,y\n"), "text/csv");
        Assert.That(missing.Errors["columns"], Is.EqualTo("缺少 phrase2 列；缺少 time3 列；缺少 character_string4 列"));
    }

    [Test]
    public async Task A_row_that_no_database_could_hold_is_refused_and_the_others_go()
    {
        var odd = new Dictionary<string, string>(ApiCaller.Data) { ["x\0y"] = "1" };
        var made = await _test.PostAsync("/bulk", new { template = "progress", recipients = new object[] { new { openid = "oGood", data = ApiCaller.Data }, new { openid = "oOdd", data = odd } } });
        Assert.That((made.Status, made.Json.GetProperty("accepted").GetInt32(), made.Json.GetProperty("rejected")[0].GetProperty("reason").GetString()),
            Is.EqualTo((202, 1, "x y：模板没有该字段")), made.Text);
    }

    [Test]
    public async Task Who_sends_slowly_keeps_nobody_waiting()
    {
        var key = await _host.Services.GetRequiredService<IApiKeys>().AddAsync("慢系统", ApiKeyKind.Test, "test", default);
        using TcpClient first = new(), second = new();
        foreach (var slow in (TcpClient[])[first, second])
        {
            await slow.ConnectAsync(_host.Address.Host, _host.Address.Port);
            await slow.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /api/v1/notices/bulk HTTP/1.1\r\nHost: bot\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 60000000\r\n\r\n{{"));
        }

        foreach (var caller in (ApiCaller[])[_test, new(_host.Client, key)])
        {
            // The slow ones have a place as soon as anybody has.
            for (var n = 0; n < 3; n++)
                Assert.That((await caller.PostAsync("/bulk", ApiCaller.Bulk("test-delivered")).WaitAsync(TimeSpan.FromSeconds(15))).Status, Is.EqualTo(202));
        }
    }

    [TestCase("openid", """{"template":"progress","data":{"thing1":"a","phrase2":"好","time3":"10:00","character_string4":"1"}}""")]
    [TestCase("data", """{"template":"progress","openid":"o","data":{"phrase2":"好","time3":"10:00","character_string4":"1"}}""")]
    [TestCase("data", """{"template":"progress","openid":"o","data":{"thing1":"一二三四五六七八九十一二三四五六七八九十一","phrase2":"好","time3":"10:00","character_string4":"1"}}""")]
    [TestCase("template", """{"template":"nothing","openid":"o","data":{}}""")]
    [TestCase("template", """{"template":"pro\u0000gress","openid":"o","data":{}}""")]
    [TestCase("openid", """{"template":"progress","openid":"o\u0000","data":{"thing1":"a","phrase2":"好","time3":"10:00","character_string4":"1"}}""")]
    [TestCase("data", """{"template":"progress","openid":"o","data":{"thing1":"a\u0000","phrase2":"好","time3":"10:00","character_string4":"1"}}""")]
    [TestCase("reference", """{"template":"progress","openid":"o","data":{},"reference":"\u0000"}""")]
    [TestCase("url", """{"template":"progress","openid":"o","data":{},"url":"javascript:alert(1)"}""")]
    [TestCase("scheduledAt", """{"template":"progress","openid":"o","data":{},"scheduledAt":"tomorrow"}""")]
    [TestCase("scheduledAt", """{"template":"progress","openid":"o","data":{},"scheduledAt":"2096-12-06T10:00:00+08:00"}""")]
    [TestCase("body", """{"template":"progress","openid":"o","data":{"thing1":1}}""")]
    [TestCase("body", "{")]
    [TestCase("body", "[]")]
    [TestCase("body", "")]
    public async Task A_mistake_is_told_by_its_field(string field, string body)
    {
        var answer = await _live.PostAsync("", Encoding.UTF8.GetBytes(body), "application/json");
        Assert.That((answer.Status, answer.Type), Is.EqualTo((400, "application/problem+json")), answer.Text);
        Assert.That(answer.Errors.Keys, Is.EqualTo([field]));
    }

    [Test]
    public async Task Every_refusal_is_a_problem_in_json()
    {
        ApiCaller stranger = new(_host.Client, null), forger = new(_host.Client, "live_00000000000000000000000000000000");
        var large = Encoding.UTF8.GetBytes($$"""{"template":"{{new string('x', 70_000)}}"}""");
        (int Status, Task<ApiAnswer> Answer)[] refusals =
        [
            (401, stranger.GetAsync("/N1")), (401, stranger.PostAsync("", ApiCaller.Single("o"))), (401, forger.PostAsync("/bulk", ApiCaller.Bulk("o"))),
            (401, stranger.PostAsync("", [1], "text/plain")), (401, stranger.PostAsync("/bulk")),
            (404, _live.GetAsync("/N00000000000000000000")), (404, _live.GetAsync("/N1/recipients")), (404, _live.PostAsync("/N1/cancel")), (404, _live.GetAsync("/a/b/c/d")),
            (405, _live.SendAsync(HttpMethod.Delete, "", null)), (413, _live.PostAsync("", large, "application/json")),
            (415, _live.PostAsync("", [1], "text/plain")), (415, _live.PostAsync("/bulk", [1], "image/png")),
            (400, _live.PostAsync("", ApiCaller.Single("o"), new string('k', 256))), (400, _live.PostAsync("/bulk", new { template = "progress" })),
        ];
        foreach (var (status, answer) in refusals)
        {
            var got = await answer;
            Assert.That((got.Status, got.Type), Is.EqualTo((status, "application/problem+json")), got.Text);
            Assert.That(got.Json.GetProperty("status").GetInt32(), Is.EqualTo(status));
        }
    }

    [Test]
    public async Task The_description_names_every_call()
    {
        var description = JsonDocument.Parse(await _host.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        var paths = description.GetProperty("paths");
        Assert.That(paths.EnumerateObject().Select(p => p.Name), Is.EquivalentTo((string[])
        [
            "/api/v1/notices", "/api/v1/notices/bulk", "/api/v1/notices/{id}", "/api/v1/notices/{id}/recipients", "/api/v1/notices/{id}/cancel",
            "/api/v1/templates",
        ]));
        foreach (var (path, types) in new[] { ("", 1), ("/bulk", 3) })
        {
            var call = paths.GetProperty($"/api/v1/notices{path}").GetProperty("post");
            Assert.That(call.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(c => c.Name), Has.Exactly(types).Items.And.None.EqualTo("*/*"));
            Assert.That(call.GetProperty("responses").TryGetProperty("415", out _));
            Assert.That(call.GetProperty("responses").GetProperty("429").GetProperty("headers").TryGetProperty("Retry-After", out _));
            Assert.That(call.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain("Idempotency-Key"));
        }

        var bodies = description.GetProperty("components").GetProperty("schemas");
        Assert.That(bodies.GetProperty("SingleBody").GetProperty("required").EnumerateArray().Select(r => r.GetString()), Is.EquivalentTo(["template", "openid", "data"]));
        Assert.That(bodies.GetProperty("CountsView").GetProperty("properties").GetProperty("sent").GetProperty("type").GetString(), Is.EqualTo("integer"));
        Assert.That(paths.GetProperty("/api/v1/notices/bulk").GetProperty("post").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain("template"));
    }

    private static string Csv(IEnumerable<string> rows) => string.Join('\n', ["openid,thing1,phrase2,time3,character_string4", .. rows]);

    private static (int, int, int, int, int, int) Counts(JsonElement notice)
    {
        var counts = notice.GetProperty("counts");
        return (Of("queued"), Of("sent"), Of("delivered"), Of("refused"), Of("failed"), Of("cancelled"));

        int Of(string name) => counts.GetProperty(name).GetInt32();
    }

    private async Task<string[]> CitizensAsync(int count)
    {
        using var added = await _host.Client.PostAsJsonAsync("/simulator/control/citizens", new { count, follows = true });
        return [.. (await added.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(c => c.GetProperty("openId").GetString()!)];
    }

    private async Task SetAsync(string citizen, object settings)
    {
        using var set = await _host.Client.PostAsJsonAsync($"/simulator/control/citizens/{citizen}/settings", settings);
        set.EnsureSuccessStatusCode();
    }

    private Task<JsonElement> ChatAsync(string citizen) => _host.Client.GetFromJsonAsync<JsonElement>($"/simulator/control/citizens/{citizen}/chat");
}
