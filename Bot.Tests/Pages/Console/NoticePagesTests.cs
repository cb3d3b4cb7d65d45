using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Host.Pages.Console.Notices;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Notices in the console: composed by one, approved by another, followed to their end.</summary>
public sealed class NoticePagesTests
{
    private static readonly Dictionary<string, string?> s_words = new()
    {
        ["Fields[thing1]"] = "居住证办理", ["Fields[phrase2]"] = "审核通过", ["Fields[time3]"] = "2026年11月28日 10:00", ["Fields[character_string4]"] = "TS1",
    };

    private TestHost _host = null!;
    private HttpClient _maker = null!;
    private HttpClient _approver = null!;

    private INotices Notices => _host.Services.GetRequiredService<INotices>();

    private INoticeTemplates Templates => _host.Services.GetRequiredService<INoticeTemplates>();

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync(settings: [("Notices:QuietHours", ""), ("Notices:RatePerSecond", "0")]);
        while (await Templates.FindAsync("progress", default) is null)
            await Task.Delay(50);
        _maker = await _host.SignInAsync("zhidan");
        _approver = await _host.SignInAsync("shenhe");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _maker.Dispose();
        _approver.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task A_notice_goes_out_once_another_person_approved_it()
    {
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oNobody" });
        await ActAsync(_maker, page, "Submit");
        Assert.That(await _maker.GetStringAsync(page), Does.Contain($"data-progress=\"{page}/progress\""), "an open page follows what others do");
        Assert.That((await _maker.PostAsync($"{page}?handler=Approve", null)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.Forbidden), "not by its maker");

        Assert.That(await _approver.GetStringAsync("/console"), Does.Contain(page), "it waits on the approver's first page");
        await ActAsync(_approver, page, "Approve");

        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        var notice = await FindAsync(page);
        Assert.That((notice.MadeBy, notice.ApprovedBy, notice.Department), Is.EqualTo(("zhidan", "shenhe", (string?)"center")));
        Assert.That(await _maker.GetStringAsync($"{page}?status=Failed"), Does.Contain("…Nobody"));
        var report = await _maker.GetStringAsync($"{page}/results.csv");
        Assert.That(report, Does.StartWith("\uFEFF行号,openid,结果").And.Contain("1,oNobody,失败"));
        Assert.That((await _maker.GetByteArrayAsync($"{page}/results.xlsx")).Take(2), Is.EqualTo("PK"u8.ToArray()));
    }

    [Test]
    public async Task Who_is_administrator_does_not_approve_their_own()
    {
        using var administrator = await _host.SignInAsync("admin");
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oOwn" }, administrator);
        await ActAsync(administrator, page, "Submit");
        Assert.That(await administrator.GetStringAsync(page), Does.Not.Contain("handler=Approve"));
        Assert.That((await Notices.ApproveAsync(Id(page), "admin", default)).Kind, Is.EqualTo(NoticeChangeKind.SamePerson));
    }

    [Test]
    public async Task Another_template_keeps_what_was_filled_in_and_makes_nothing()
    {
        const string Form = "/console/notices/new?template=progress";
        Assert.That(await _maker.GetStringAsync(Form), Does.Not.Contain("data-submits").And.Not.Contain("有内容需要修改"), "an arrow key chooses, and sends nothing");
        var other = (await Templates.AllAsync(default)).First(t => t.Active && t.Code != "progress" && t.Latest.Fields.Any(f => f.Name == "thing1"));
        var before = (await Notices.ListAsync(new(), default)).Count;
        var (address, hidden) = await _maker.FormAsync(Form, null);
        Dictionary<string, string?> fields = new(s_words) { ["wanted"] = other.Code, ["Kind"] = "one", ["To"] = "oKept-while-choosing", ["At"] = "2031-05-06T07:08" };
        using var answer = await _maker.PostAsync($"{address}&handler=Template", ConsoleHost.Content(hidden, fields));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(page, Does.Contain($"template={Uri.EscapeDataString(other.Code)}").And.Contain("value=\"居住证办理\"").And.Contain("value=\"oKept-while-choosing\"").And.Contain("2031-05-06T07:08"));
        Assert.That((await Notices.ListAsync(new(), default)).Count, Is.EqualTo(before));
    }

    [Test]
    public async Task A_time_that_cannot_be_meant_is_told_beside_its_field()
    {
        foreach (var (field, time) in new[] { ("Until", "0001-01-01T00:00"), ("Until", "20266-01-01T00:00"), ("At", "9999-12-31T23:59") })
        {
            using var answer = await ComposeAsync(_maker, new(s_words) { ["Kind"] = "one", ["To"] = "oOutOfTime", [field] = time });
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{field} {time}");
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("有内容需要修改"));
        }
    }

    [Test]
    public async Task What_is_handed_back_tells_its_maker_why()
    {
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oBack" });
        await ActAsync(_maker, page, "Submit");
        using var without = await _approver.SendAsync(page, "Return", new() { ["Reason"] = "" });
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("请写明退回的原因"));
        await ActAsync(_approver, page, "Return", new() { ["Reason"] = "时间写错了" });
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("时间写错了").And.Contain("草稿"));
        await ActAsync(_maker, page, "Cancel");
    }

    [Test]
    public async Task A_file_is_taken_with_its_good_rows_and_warned_of_the_second_time()
    {
        var file = $"openid,thing1\noA{Guid.NewGuid():N},居住证\n13800138000,社保卡\noB,{new string('长', 21)}\n";
        Dictionary<string, string?> fields = new(s_words) { ["Kind"] = "file", ["Fields[thing1]"] = "" };
        var page = await DraftedAsync(fields, file: file);
        Assert.That((await FindAsync(page)).Recipients, Is.EqualTo(1));
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("没有收入的 2 行").And.Contain("openid：填的是手机号或证件号").And.Contain("thing1：最多 20 个字"));

        using var again = await ComposeAsync(_maker, fields, file);
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("同一个文件今天已用于"));
        Assert.That(await DraftedAsync(new(fields) { ["Again"] = "true" }, file: file), Is.Not.EqualTo(page));
    }

    [Test]
    public async Task What_was_handed_back_is_mended_and_goes_to_the_same_citizens()
    {
        var file = $"openid,thing1\noA{Guid.NewGuid():N},居住证\noB,社保卡\n";
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "file", ["Fields[thing1]"] = "" }, file: file);
        await ActAsync(_maker, page, "Submit");
        Assert.That(await _maker.GetStringAsync(page), Does.Not.Contain(">修改<"), "not while it is looked at");
        await ActAsync(_approver, page, "Return", new() { ["Reason"] = "进度写错了" });

        var form = Regex.Match(await _maker.GetStringAsync(page), "href=\"(/console/notices/new[^\"]+)\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.That(await _maker.GetStringAsync(form), Does.Contain("退回原因：进度写错了").And.Contain("沿用原来的收件人：文件：rows.csv，2 人"));
        using var answer = await ComposeAsync(_maker, new() { ["Kind"] = "kept", ["Fields[phrase2]"] = "需要补正" }, form: form);

        var mended = answer.Headers.Location!.ToString();
        Assert.That((await FindAsync(page)).Status, Is.EqualTo(NoticeStatus.Cancelled));
        List<NoticeRow> rows = [];
        await foreach (var row in Notices.RowsAsync(Id(mended), default))
            rows.Add(row);
        Assert.That(rows.Select(r => (r.Data["thing1"], r.Data["phrase2"])), Is.EqualTo([("居住证", "需要补正"), ("社保卡", "需要补正")]));
        Assert.That((await Notices.SourceAsync(Id(mended), default))?.Length, Is.EqualTo(32), "the file is still known");
        using var late = await ComposeAsync(_maker, new() { ["Kind"] = "kept" }, form: mended.Replace(Id(mended), "new?template=progress", StringComparison.Ordinal) + $"&from={Id(mended)}");
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await _maker.GetAsync(form)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what was replaced is no draft any more");
    }

    [Test]
    public async Task Another_system_is_told_at_an_address_that_the_administrator_sets()
    {
        using var administrator = await _host.SignInAsync("admin");
        await _host.Services.GetRequiredService<Bot.Data.ApiKeys.IApiKeys>().AddAsync("水务系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        using var wrong = await administrator.SendAsync("/console/api-keys", "Hook", new() { ["Owner"] = "live:水务系统", ["Address"] = "ftp://water" });
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("请填写 http 或 https 网址"));
        using var set = await administrator.SendAsync("/console/api-keys", "Hook", new() { ["Owner"] = "live:水务系统", ["Address"] = "https://water.example.gov.cn/n" });
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await administrator.GetStringAsync("/console/api-keys"), Does.Contain("whsec_").And.Contain("https://water.example.gov.cn/n"));
        Assert.That(await administrator.GetStringAsync("/console/api-keys"), Does.Not.Contain("whsec_"), "shown once");
        using var gone = await administrator.SendAsync("/console/api-keys", "Unhook", new() { ["Owner"] = "live:水务系统" });
        Assert.That(await _host.Services.GetRequiredService<INoticeWebhooks>().ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_key_and_a_webhook_are_there_with_their_line_in_the_log_or_not_at_all()
    {
        var (keys, hooks) = (_host.Services.GetRequiredService<Bot.Data.ApiKeys.IApiKeys>(), _host.Services.GetRequiredService<INoticeWebhooks>());
        var nobody = new string('x', 200);                    // more than the log takes
        Assert.That(() => keys.AddAsync("供电系统", Bot.Data.ApiKeys.ApiKeyKind.Live, nobody, default), Throws.InstanceOf<Npgsql.PostgresException>());
        Assert.That((await keys.ListAsync(default)).Where(k => k.Name == "供电系统"), Is.Empty);
        await keys.AddAsync("供电系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        var id = (await keys.ListAsync(default)).Single(k => k.Name == "供电系统").Id;
        Assert.That(() => hooks.SetAsync("live:供电系统", new("https://power.example.gov.cn/n"), nobody, default), Throws.InstanceOf<Npgsql.PostgresException>());
        Assert.That(() => keys.RevokeAsync(id, nobody, default), Throws.InstanceOf<Npgsql.PostgresException>());
        Assert.That((await keys.ListAsync(default)).Single(k => k.Id == id).RevokedAt, Is.Null);
        Assert.That((await hooks.ListAsync(default)).Where(h => h.Owner == "live:供电系统"), Is.Empty);
        await keys.RevokeAsync(id, "test", default);
        await using var command = _host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            "select string_agg(act, ' ' order by id) from audit_entry where subject = 'live:供电系统'");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("api_key.add api_key.revoke"));
    }

    [Test]
    public async Task A_webhook_ends_with_the_last_key_of_its_owner()
    {
        var (keys, hooks) = (_host.Services.GetRequiredService<Bot.Data.ApiKeys.IApiKeys>(), _host.Services.GetRequiredService<INoticeWebhooks>());
        await keys.AddAsync("燃气系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        await keys.AddAsync("燃气系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        await keys.AddAsync("燃气系统", Bot.Data.ApiKeys.ApiKeyKind.Test, "test", default);
        await hooks.SetAsync("live:燃气系统", new("https://gas.example.gov.cn/n"), "test", default);
        long[] live = [.. (await keys.ListAsync(default)).Where(k => k is { Name: "燃气系统", Kind: Bot.Data.ApiKeys.ApiKeyKind.Live }).Select(k => k.Id)];

        await keys.RevokeAsync(live[0], "test", default);
        Assert.That(await hooks.ListAsync(default), Has.Count.EqualTo(1), "renewed");
        await keys.RevokeAsync(live[1], "test", default);
        Assert.That(await hooks.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_webhook_ends_with_the_last_keys_of_its_owner_though_they_are_revoked_at_once()
    {
        var (keys, hooks) = (_host.Services.GetRequiredService<Bot.Data.ApiKeys.IApiKeys>(), _host.Services.GetRequiredService<INoticeWebhooks>());
        await keys.AddAsync("供热系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        await keys.AddAsync("供热系统", Bot.Data.ApiKeys.ApiKeyKind.Live, "test", default);
        await hooks.SetAsync("live:供热系统", new("https://heat.example.gov.cn/n"), "test", default);
        long[] live = [.. (await keys.ListAsync(default)).Where(k => k.Name == "供热系统").Select(k => k.Id).Order()];

        // The first waits for its key's row; the second comes meanwhile.
        var database = _host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, "select from api_key where id = @id for update", new { id = live[0] }, transaction);
        var first = keys.RevokeAsync(live[0], "test", default);
        await Eventually.IsTrueAsync(async () => await WaitingAsync() == 1, "the first waits");
        var second = keys.RevokeAsync(live[1], "test", default);
        await Eventually.IsTrueAsync(async () => second.IsCompleted || await WaitingAsync() == 2, "the second is done or waits, too");
        await transaction.CommitAsync();

        Assert.That(await Task.WhenAll(first, second), Is.All.True);
        Assert.That(await hooks.ListAsync(default), Is.Empty);

        // Not in the transaction: what others do is looked up once in each.
        async Task<int> WaitingAsync()
        {
            await using var watching = await database.OpenConnectionAsync();
            return await Dapper.SqlMapper.ExecuteScalarAsync<int>(watching,
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%api_key%'");
        }
    }

    [Test]
    public async Task A_key_is_given_to_a_department_and_taken_from_it()
    {
        var keys = _host.Services.GetRequiredService<Bot.Data.ApiKeys.IApiKeys>();
        using var administrator = await _host.SignInAsync("admin");
        using var unknown = await administrator.SendAsync("/console/api-keys", "Add", new() { ["Name"] = "医保系统", ["Kind"] = "Test", ["Department"] = "nowhere" });
        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("没有这个部门"));
        using var made = await administrator.SendAsync("/console/api-keys", "Add", new() { ["Name"] = "医保系统", ["Kind"] = "Test", ["Department"] = "renshe" });
        var key = (await keys.ListAsync(default)).Single(k => k.Name == "医保系统");
        Assert.That(key.Department, Is.EqualTo("renshe"));
        using var moved = await administrator.SendAsync("/console/api-keys", "Assign", new() { ["id"] = $"{key.Id}", ["Department"] = "" });
        Assert.That((await keys.ListAsync(default)).Single(k => k.Id == key.Id).Department, Is.Null);
    }

    [Test]
    public async Task A_list_is_prepared_checked_row_by_row_and_found_again()
    {
        Assert.That(await _maker.GetStringAsync("/console/notices/new/example.csv?template=progress"), Does.StartWith("\uFEFFopenid,thing1,phrase2,time3,character_string4\r\n收件人的 openid（请删除本行）,"));
        Assert.That((await _maker.GetAsync("/console/notices/new/example.csv?template=nothing")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "file", ["Fields[thing1]"] = "" }, file: $"openid,thing1\noA{Guid.NewGuid():N},第一份\noB,第二份\n张三,第三份\n");

        Assert.That(await _maker.GetStringAsync(page), Does.Contain("<dd data-shows=\"thing1\">第一份</dd>"));
        Assert.That(await _maker.GetStringAsync($"{page}?row=2"), Does.Contain("<dd data-shows=\"thing1\">第二份</dd>").And.Contain("第 2 行的市民看到的样子"));
        Assert.That(await _maker.GetStringAsync($"{page}/rejected.csv"), Does.StartWith("\uFEFF数据行,原因").And.Contain("3,openid：填的不是 openid"));
        foreach (var words in (string[])[Id(page), "rows.csv", "zhidan"])
            Assert.That(await _maker.GetStringAsync($"/console/notices?q={words}"), Does.Contain(page), words);
        Assert.That(await _maker.GetStringAsync("/console/notices?q=%25"), Does.Contain("没有找到这样的通知"));
    }

    [Test]
    public async Task What_was_sent_is_counted_by_template_and_by_who_sent_it()
    {
        var office = _host.Services.GetRequiredService<Bot.Handlers.Notices.NoticeOffice>();
        Bot.Handlers.Notices.NoticeRequest request = new() { Origin = NoticeOrigin.Api, Lane = NoticeLane.Single, Template = "progress", MadeBy = "live:用量系统" };
        var data = Bot.Tests.Endpoints.Api.ApiCaller.Data;
        await office.SendAsync(request, new("oUseA"), data, default);
        await office.SendAsync(request, new("oUseB"), data, default);
        await office.SendAsync(request with { MadeBy = "test:用量系统", Simulated = true }, new("oUseC"), data, default);

        var use = (await _host.Services.GetRequiredService<INoticeUse>().ReadAsync(DateTimeOffset.UtcNow.AddHours(-1), null, null, default)).Where(u => u.By.EndsWith("用量系统", StringComparison.Ordinal));
        Assert.That(use.Select(u => (u.TemplateCode, u.By, u.Notices, u.Counts.Total)), Is.EqualTo([("progress", "live:用量系统", 2, 2)]));
        Assert.That(await _approver.GetStringAsync("/console/notices/usage?days=7"), Does.Contain("其他系统：用量系统").And.Contain("业务办理进度提醒（progress）"));
        Assert.That(await _maker.GetStringAsync("/console/notices/usage"), Does.Not.Contain("用量系统"), "those of others are not theirs to see");
    }

    [TestCase("openid,nothing\noA,x\n", "模板没有“nothing”这个字段")]
    [TestCase("thing1\nx\n", "缺少 openid 列")]
    [TestCase("openid\n13800138000\n", "填的是手机号或证件号")]
    [TestCase("", "请选择文件")]
    public async Task A_file_that_cannot_be_sent_says_why(string file, string problem)
    {
        using var answer = await ComposeAsync(_maker, new(s_words) { ["Kind"] = "file" }, file);
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "")).Using<(HttpStatusCode, string)>(
            (actual, expected) => actual.Item1 == expected.Item1 && actual.Item2.Contains(problem, StringComparison.Ordinal)));
    }

    [Test]
    public async Task All_followers_are_a_group()
    {
        using var added = await _host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"count":12,"follows":true}""", Encoding.UTF8, "application/json"));
        added.EnsureSuccessStatusCode();
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "all", ["Choice[all]"] = "all", ["Urgent"] = "true" });
        var notice = await FindAsync(page);
        Assert.That((notice.Recipients, notice.Audience, notice.Lane), Is.EqualTo((
            (await _host.Services.GetRequiredService<global::Bot.WeChat.Api.IUsers>().ListAsync(null, default)).Value!.Total, "全部关注者", NoticeLane.Urgent)));

        // Who follows since the draft is told, too.
        using var late = await _host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"count":1,"follows":true}""", Encoding.UTF8, "application/json"));
        late.EnsureSuccessStatusCode();
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("开始发送时按当时的名单再核对一次"));
        await ActAsync(_maker, page, "Submit");
        await ActAsync(_approver, page, "Approve");
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        Assert.That(await FindAsync(page), Has.Property("Joined").EqualTo(1).And.Property("Recipients").EqualTo(notice.Recipients + 1).And.Property("Gathering").False);
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("开始发送时新加入 1 人"));
    }

    [Test]
    public async Task What_is_unclear_is_told_and_sent_again_by_who_may_take_the_risk()
    {
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oUnclear" });
        await ActAsync(_maker, page, "Submit");
        await ActAsync(_approver, page, "Approve");
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        await using (var command = _host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            """
            update notice_recipient set status = 'parked', uncertain_since = now(), finished_at = null, error_code = -1, error_words = '微信系统繁忙'
            where notice_id = (select id from notice where public_id = $1)
            """))
        {
            command.Parameters.Add(new() { Value = Id(page) });
            await command.ExecuteNonQueryAsync();
        }

        Assert.That(await _maker.GetStringAsync(page), Does.Contain("1 位<a").And.Contain("待核实").And.Contain("微信系统繁忙").And.Not.Contain("handler=Resend"));
        Assert.That(await _approver.GetStringAsync("/console"), Does.Contain("有待核实的通知").And.Contain(page));
        Assert.That(await _approver.GetStringAsync($"{page}?status=Parked"), Does.Contain("handler=Resend").And.Contain("会再收到一次"));
        var (address, hidden) = await _approver.FormAsync(page, "Resend");
        var (_, another) = await _approver.FormAsync(page, "Resend");
        using var sent = await _approver.PostAsync(address, ConsoleHost.Content(hidden, new() { ["which"] = "1" }));
        using var twice = await _approver.PostAsync(address, ConsoleHost.Content(hidden, new() { ["which"] = "1" }));
        using var late = await _approver.PostAsync(address, ConsoleHost.Content(another, new() { ["which"] = "0" }));

        Assert.That((sent.StatusCode, twice.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)), "a double click acts once");
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("没有可以重发的"));
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        Assert.That((await FindAsync(page)).Unclear, Is.Zero);
        Assert.That(await _approver.GetStringAsync(page), Does.Not.Contain("handler=Resend").And.Not.Contain("待核实"));
    }

    [Test]
    public async Task A_large_group_is_gathered_behind_a_page_that_tells_how_far_it_is()
    {
        var composings = _host.Services.GetRequiredService<INoticeComposings>();
        var template = (await Templates.FindAsync("progress", default))!;
        async Task<Guid> BegunAsync(string kind)
        {
            var id = Guid.NewGuid();
            Handlers.Notices.ComposingWish wish = new(
                template.TemplateId, template.Code, s_words.ToDictionary(w => w.Key[7..^1], w => w.Value!), kind, kind, null, null, null, false, "center", false, null);
            await using var command = _host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
                "insert into notice_composing (id, made_by, wish, expected, created_at) values ($1, 'zhidan', $2::json, 100000, now())");
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = wish.Write() });
            await command.ExecuteNonQueryAsync();
            return id;
        }

        var id = await BegunAsync("all");
        var page = ComposingPage.Of(id);
        await composings.GatheredAsync(id, 34_000, default);
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("已收集 <b>34,000</b> 人，共约 100,000 人").And.Contain("hx-trigger"));
        using var administrator = await _host.SignInAsync("admin");
        Assert.That((await administrator.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "somebody else's");

        // Its host died twice: before the list was there, and before anybody was told that it was.
        var job = _host.Services.GetServices<Handlers.Jobs.IJobHandler>().OfType<Handlers.Notices.NoticeComposingJob>().Single();
        var made = await _maker.PostAsync("/simulator/control/citizens", new StringContent("""{"count":2,"follows":true}""", Encoding.UTF8, "application/json"));
        made.EnsureSuccessStatusCode();
        await job.RunAsync(new(0, job.Kind, id.ToString(), "{}", 1, Guid.NewGuid()), default);
        var draft = (await composings.FindAsync(id, default))!.Notice;
        await using (var command = _host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand($"update notice_composing set notice = null where id = '{id}'"))
            await command.ExecuteNonQueryAsync();
        await job.RunAsync(new(0, job.Kind, id.ToString(), "{}", 2, Guid.NewGuid()), default);
        Assert.That((await composings.FindAsync(id, default))!.Notice, Is.EqualTo(draft).And.Not.Null, "one draft");

        using var led = await _maker.GetAsync(page);
        Assert.That(led.Headers.Location?.ToString(), Is.EqualTo(NoticePage.Of(draft!)));
        using var asked = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "HX-Request", "true" } } };
        using var part = await _maker.SendAsync(asked);
        Assert.That(part.Headers.GetValues("HX-Redirect").Single(), Is.EqualTo(NoticePage.Of(draft!)));
        Assert.That(await _maker.GetStringAsync(NoticePage.Of(draft!)), Does.Contain("草稿"));
        await ActAsync(_maker, NoticePage.Of(draft!), "Cancel");

        var wrong = await BegunAsync("tag");
        await job.RunAsync(new(0, job.Kind, wrong.ToString(), "{}", 1, Guid.NewGuid()), default);
        var told = await _maker.GetStringAsync(ComposingPage.Of(wrong));
        Assert.That(told, Does.Contain("草稿没有保存").And.Contain("没有这个标签"));
        var form = WebUtility.HtmlDecode(Regex.Match(told, "href=\"(/console/notices/new[^\"]+)\"").Groups[1].Value);
        Assert.That(await _maker.GetStringAsync(form), Does.Contain("value=\"居住证办理\""), "nothing is written twice");
    }

    [Test]
    public async Task A_template_of_one_department_is_not_there_for_others()
    {
        var template = (await Templates.FindAsync("expiry", default))!;
        await Templates.AllowAsync(template.Id, ["renshe"], "admin", default);
        Assert.That(await _maker.GetStringAsync("/console/notices/new"), Does.Contain("预约成功通知").And.Not.Contain("证件到期提醒"));
        Assert.That(await _maker.GetStringAsync("/console/notices/new?template=expiry"), Does.Not.Contain("发给谁"));
        await Templates.AllowAsync(template.Id, [], "admin", default);
    }

    [Test]
    public async Task A_notice_of_a_day_ends_with_it()
    {
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oToday", ["Until"] = "2099-12-31T18:00" });
        Assert.That((await FindAsync(page)).ExpiresAt, Is.EqualTo(new DateTimeOffset(2099, 12, 31, 18, 0, 0, TimeSpan.FromHours(8))));
        Assert.That(await _maker.GetStringAsync(page), Does.Contain("有效期至").And.Contain("2099"));
        await ActAsync(_maker, page, "Cancel");
        using var over = await ComposeAsync(_maker, new(s_words) { ["Kind"] = "one", ["To"] = "oToday", ["Until"] = "2020-01-01T18:00" });
        Assert.That(await over.Content.ReadAsStringAsync(), Does.Contain("应晚于现在和预定发送的时间"));
    }

    [Test]
    public async Task An_administrator_adds_templates_and_sorts_them()
    {
        using var administrator = await _host.SignInAsync("admin");
        const string path = "/console/notices/templates";
        Dictionary<string, string?> water = new() { ["Code"] = "water", ["TemplateId"] = "WATER", ["Heading"] = "水费通知", ["Wording"] = "金额{{amount1}}" };
        using var wrong = await administrator.SendAsync(path, "Define", water);
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("内容里没有字段").And.Contain("水费通知"));
        using var kept = await administrator.SendAsync(path, "Define", new(water) { ["Wording"] = "金额:{{amount1.DATA}}" });
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var unknown = await administrator.SendAsync(path, "Add", new() { ["Number"] = "no such" });
        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("微信没有添加"));

        var id = (await Templates.FindAsync("water", default))!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var sorted = await administrator.SendAsync(path, "Code", new() { ["Template"] = id, ["Code"] = "water", ["Category"] = "缴费" });
        Assert.That(await administrator.GetStringAsync(path), Does.Contain("缴费</h2>").And.Contain("手工登记").And.Contain("金额，如 12.50元"));
        Assert.That(await _maker.GetStringAsync("/console/notices/new"), Does.Contain("<optgroup label=\"缴费\">").And.Contain("水费通知（water）"));
        using var retired = await administrator.SendAsync(path, "Retire", new() { ["Template"] = id });
        Assert.That(await _maker.GetStringAsync("/console/notices/new"), Does.Not.Contain("水费通知"));
    }

    [Test]
    public async Task An_administrator_says_by_which_template_our_own_messages_go()
    {
        var uses = _host.Services.GetRequiredService<IMessageTemplates>();
        using var administrator = await _host.SignInAsync("admin");
        const string path = "/console/notices/messages";
        Assert.That(await administrator.GetStringAsync(path), Does.Contain("候补名额通知").And.Not.Contain("不能发送"), "the demo's templates are ours");
        Assert.That(await administrator.GetStringAsync("/console"), Does.Not.Contain("自动消息还不能用模板发送"));

        await Templates.DefineAsync(new("hospital", "HOSPITAL", "就诊提醒", "时间:{{time5.DATA}}\n说明:{{thing7.DATA}}\n备注:{{thing8.DATA}}"), "admin", default);
        var id = (await Templates.FindAsync("hospital", default))!.Id;
        var form = $"{path}?code=booking-reminder&template={id}";
        Dictionary<string, string?> fields = new() { ["Source[time5]"] = "time2", ["Source[thing7]"] = "thing4", ["Source[thing8]"] = "=" };
        using var missing = await administrator.SendAsync(form, "Save", fields);
        Assert.That(await missing.Content.ReadAsStringAsync(), Does.Contain("还不能保存：“备注”没有指定内容。"));
        using var saved = await administrator.SendAsync(form, "Save", new(fields) { ["Words[thing8]"] = "请带身份证" });
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));

        var use = (await uses.FindAsync("booking-reminder", default))!;
        Assert.That(use.Fill(new Dictionary<string, string> { ["thing1"] = "居住证", ["time2"] = "10:00", ["thing4"] = "请回复1确认" }),
            Is.EqualTo(new Dictionary<string, string> { ["time5"] = "10:00", ["thing7"] = "请回复1确认", ["thing8"] = "请带身份证" }));
        Assert.That(await _maker.GetStringAsync(form), Does.Contain("就诊提醒").And.Not.Contain("保存</button>"));

        // WeChat drops it: whoever looks is told.
        await Templates.RetireAsync(id, "admin", default);
        Assert.That(await administrator.GetStringAsync("/console"), Does.Contain("自动消息还不能用模板发送").And.Contain("字段要重新对应"));
        var line = (await Bot.Host.Verbs.Doctor.ExamineAsync([ActivatorUtilities.CreateInstance<Bot.Host.Operation.Doctor.MessageChecks>(_host.Services)], default)).Single();
        Assert.That(line.Detail, Is.EqualTo("预约提醒（booking-reminder：微信公众平台上已没有这个模板）"));

        // And back, for the other tests.
        var own = (await Templates.AllAsync(default)).First(t => t.Code == "booking-reminder");
        using var back = await administrator.SendAsync($"{path}?code=booking-reminder&template={own.Id}", "Save",
            new() { ["Source[thing1]"] = "thing1", ["Source[time2]"] = "time2", ["Source[thing3]"] = "thing3", ["Source[thing4]"] = "thing4" });
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("To", "<script>alert(1)</script>")]
    [TestCase("Fields[thing1]", "一二三四五六七八九十一二三四五六七八九十一")]
    [TestCase("Fields[phrase2]", "")]
    [TestCase("Link", "javascript:alert(1)")]
    [TestCase("At", "2036-01-01T10:00")]
    [TestCase("At", "soon")]
    [TestCase("Kind", "nobody")]
    public async Task Nothing_is_made_of_what_is_wrong(string field, string value)
    {
        var before = (await Notices.ListAsync(new NoticeFilter(), default)).Count;
        Dictionary<string, string?> fields = new(s_words) { ["Kind"] = "one", ["To"] = field == "To" ? "" : "oFine", [field] = value };
        using var answer = await ComposeAsync(_maker, fields);
        // An openid is opaque: anything may be one, and is shown as text.
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Not.Contain("<script>alert"));
        if (field != "To")
            Assert.That((answer.StatusCode, (await Notices.ListAsync(new NoticeFilter(), default)).Count), Is.EqualTo((HttpStatusCode.OK, before)), text);
    }

    [Test]
    public async Task A_clerk_tests_on_their_own_phone()
    {
        var page = await DraftedAsync(new(s_words) { ["Kind"] = "one", ["To"] = "oTested" });
        Assert.That(await _maker.GetStringAsync(page), Does.Not.Contain("handler=Test"));
        using var shown = await _maker.SendAsync(page, "Bind", []);
        var code = Regex.Match(await shown.Content.ReadAsStringAsync(), "绑定 ([0-9]{8})").Groups[1].Value;
        Assert.That(await _host.Services.GetRequiredService<INoticeTesters>().BindAsync(code, new("oMyPhone"), default), Is.EqualTo("刘洋"));

        await ActAsync(_maker, page, "Test");

        var test = (await Notices.ListAsync(new NoticeFilter(Origin: NoticeOrigin.Test), default))[0];
        Assert.That((await Notices.RecipientsAsync(test.Id, null, 0, 1, default)).Single().To.Value, Is.EqualTo("oMyPhone"));
        await ActAsync(_maker, page, "Cancel");
    }

    [Test]
    public async Task Somebody_elses_notice_is_not_found()
    {
        var id = ((Handlers.Notices.NoticeAnswer.Accepted)await _host.Services.GetRequiredService<Handlers.Notices.NoticeOffice>().SendAsync(
            new() { Origin = NoticeOrigin.Console, Lane = NoticeLane.Single, Template = "progress", MadeBy = "wang", Department = "renshe" }, new("oTheirs"),
            Endpoints.Api.ApiCaller.Data, default)).Notice.Id;
        foreach (var path in (string[])[NoticePage.Of(id), $"{NoticePage.Of(id)}/progress", $"{NoticePage.Of(id)}/results.csv"])
        {
            using var answer = await _maker.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        Assert.That(await _approver.GetStringAsync(NoticePage.Of(id)), Does.Contain("…Theirs"), "approvers see all");
        Assert.That(StaffRole.NoticeApprover.Shown, Is.EqualTo("通知审核"));
    }

    private static string Id(string page) => page[(page.LastIndexOf('/') + 1)..];

    private async Task<Notice> FindAsync(string page) => (await Notices.FindAsync(Id(page), default))!;

    private static async Task ActAsync(HttpClient who, string page, string act, Dictionary<string, string?>? fields = null)
    {
        using var answer = await who.SendAsync(page, act, fields ?? []);
        Assert.That((answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Redirect, page)), act);
    }

    /// <returns>The draft's page.</returns>
    private async Task<string> DraftedAsync(Dictionary<string, string?> fields, HttpClient? who = null, string? file = null)
    {
        using var answer = await ComposeAsync(who ?? _maker, fields, file);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return await LedOnAsync(who ?? _maker, answer.Headers.Location!.ToString());
    }

    // On a slow machine even a small group takes more than the second that a form waits.
    private static async Task<string> LedOnAsync(HttpClient who, string page)
    {
        while (page.Contains("/composing/", StringComparison.Ordinal))
        {
            using var led = await who.GetAsync(page);
            page = led.Headers.Location?.ToString() ?? page;
        }

        return page;
    }

    private static async Task<HttpResponseMessage> ComposeAsync(
        HttpClient who, Dictionary<string, string?> fields, string? file = null, string form = "/console/notices/new?template=progress")
    {
        var (address, hidden) = await who.FormAsync(form, null);
        using MultipartFormDataContent content = [];
        foreach (var (name, value) in hidden.Where(h => !fields.ContainsKey(h.Key)).Concat(fields))
            content.Add(new StringContent(value ?? ""), $"\"{name}\"");
        if (file is not null)
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "\"Upload\"", "\"rows.csv\"");
        return await who.PostAsync(address, content);
    }
}
