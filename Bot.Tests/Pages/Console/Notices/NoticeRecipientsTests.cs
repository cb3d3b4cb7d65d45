using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices;
using Bot.Host.Pages.Console.Notices;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Notices;

/// <summary>To whom it goes: a list from a file, or a group.</summary>
public sealed class NoticeRecipientsTests : NoticePagesFixture
{
    [Test]
    public async Task A_list_is_prepared_checked_row_by_row_and_found_again()
    {
        Assert.That(await Maker.GetStringAsync("/console/notices/new/example.csv?template=progress"), Does.StartWith("\uFEFFopenid,thing1,phrase2,time3,character_string4\r\n收件人的 openid（请删除本行）,"));
        Assert.That((await Maker.GetAsync("/console/notices/new/example.csv?template=nothing")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var page = await DraftedAsync(new(Words) { ["Kind"] = "file", ["Fields[thing1]"] = "" }, file: $"openid,thing1\noA{Guid.NewGuid():N},第一份\noB,第二份\n张三,第三份\n");

        Assert.That(await Maker.GetStringAsync(page), Does.Contain("<dd data-shows=\"thing1\">第一份</dd>"));
        Assert.That(await Maker.GetStringAsync($"{page}?row=2"), Does.Contain("<dd data-shows=\"thing1\">第二份</dd>").And.Contain("第 2 行的市民看到的样子"));
        Assert.That(await Maker.GetStringAsync($"{page}/rejected.csv"), Does.StartWith("\uFEFF数据行,原因").And.Contain("3,openid：填的不是 openid"));
        foreach (var words in (string[])[Id(page), "rows.csv", "zhidan"])
            Assert.That(await Maker.GetStringAsync($"/console/notices?q={words}"), Does.Contain(page), words);
        Assert.That(await Maker.GetStringAsync("/console/notices?q=%25"), Does.Contain("没有找到这样的通知"));
    }

    [Test]
    public async Task A_file_is_taken_with_its_good_rows_and_warned_of_the_second_time()
    {
        var file = $"openid,thing1\noA{Guid.NewGuid():N},居住证\n13800138000,社保卡\noB,{new string('长', 21)}\n";
        Dictionary<string, string?> fields = new(Words) { ["Kind"] = "file", ["Fields[thing1]"] = "" };
        var page = await DraftedAsync(fields, file: file);
        Assert.That((await FindAsync(page)).Recipients, Is.EqualTo(1));
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("没有收入的 2 行").And.Contain("openid：填的是手机号或证件号").And.Contain("thing1：最多 20 个字"));

        using var again = await ComposeAsync(Maker, fields, file);
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("同一个文件今天已用于"));
        Assert.That(await DraftedAsync(new(fields) { ["Again"] = "true" }, file: file), Is.Not.EqualTo(page));
    }

    [TestCase("openid,nothing\noA,x\n", "模板没有“nothing”这个字段")]
    [TestCase("thing1\nx\n", "缺少 openid 列")]
    [TestCase("openid\n13800138000\n", "填的是手机号或证件号")]
    [TestCase("", "请选择文件")]
    public async Task A_file_that_cannot_be_sent_says_why(string file, string problem)
    {
        using var answer = await ComposeAsync(Maker, new(Words) { ["Kind"] = "file" }, file);
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "")).Using<(HttpStatusCode, string)>(
            (actual, expected) => actual.Item1 == expected.Item1 && actual.Item2.Contains(problem, StringComparison.Ordinal)));
    }

    [Test]
    public async Task All_followers_are_a_group()
    {
        using var added = await Host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"count":12,"follows":true}""", Encoding.UTF8, "application/json"));
        added.EnsureSuccessStatusCode();
        var page = await DraftedAsync(new(Words) { ["Kind"] = "all", ["Choice[all]"] = "all", ["Urgent"] = "true" });
        var notice = await FindAsync(page);
        Assert.That((notice.Recipients, notice.Audience, notice.Lane), Is.EqualTo((
            (await Host.Services.GetRequiredService<global::Bot.WeChat.Api.IUsers>().ListAsync(null, default)).Value!.Total, "全部关注者", NoticeLane.Urgent)));

        // Who follows since the draft is told, too.
        using var late = await Host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"count":1,"follows":true}""", Encoding.UTF8, "application/json"));
        late.EnsureSuccessStatusCode();
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("开始发送时按当时的名单再核对一次"));
        await ActAsync(Maker, page, "Submit");
        await ActAsync(Approver, page, "Approve");
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        Assert.That(await FindAsync(page), Has.Property("Joined").EqualTo(1).And.Property("Recipients").EqualTo(notice.Recipients + 1).And.Property("Gathering").False);
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("开始发送时新加入 1 人"));
    }

    [Test]
    public async Task A_large_group_is_gathered_behind_a_page_that_tells_how_far_it_is()
    {
        var composings = Host.Services.GetRequiredService<INoticeComposings>();
        var template = (await Templates.FindAsync("progress", default))!;
        async Task<Guid> BegunAsync(string kind)
        {
            var id = Guid.NewGuid();
            ComposingWish wish = new(
                template.TemplateId, template.Code, Words.ToDictionary(w => w.Key[7..^1], w => w.Value!), kind, kind, null, null, null, false, "center", false, null);
            await using var command = Host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
                "insert into notice_composing (id, made_by, wish, expected, created_at) values ($1, 'zhidan', $2::json, 100000, now())");
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = wish.Write() });
            await command.ExecuteNonQueryAsync();
            return id;
        }

        var id = await BegunAsync("all");
        var page = ComposingPage.Of(id);
        await composings.GatheredAsync(id, 34_000, default);
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("已收集 <b>34,000</b> 人，共约 100,000 人").And.Contain("hx-trigger"));
        using var administrator = await Host.SignInAsync("admin");
        Assert.That((await administrator.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "somebody else's");

        // Its host died twice: before the list was there, and before anybody was told that it was.
        var job = Host.Services.GetServices<IJobHandler>().OfType<NoticeComposingJob>().Single();
        var made = await Maker.PostAsync("/simulator/control/citizens", new StringContent("""{"count":2,"follows":true}""", Encoding.UTF8, "application/json"));
        made.EnsureSuccessStatusCode();
        await job.RunAsync(new(0, job.Kind, id.ToString(), "{}", 1, Guid.NewGuid()), default);
        var draft = (await composings.FindAsync(id, default))!.Notice;
        await using (var command = Host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand($"update notice_composing set notice = null where id = '{id}'"))
            await command.ExecuteNonQueryAsync();
        await job.RunAsync(new(0, job.Kind, id.ToString(), "{}", 2, Guid.NewGuid()), default);
        Assert.That((await composings.FindAsync(id, default))!.Notice, Is.EqualTo(draft).And.Not.Null, "one draft");

        using var led = await Maker.GetAsync(page);
        Assert.That(led.Headers.Location?.ToString(), Is.EqualTo(NoticePage.Of(draft!)));
        using var asked = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "HX-Request", "true" } } };
        using var part = await Maker.SendAsync(asked);
        Assert.That(part.Headers.GetValues("HX-Redirect").Single(), Is.EqualTo(NoticePage.Of(draft!)));
        Assert.That(await Maker.GetStringAsync(NoticePage.Of(draft!)), Does.Contain("草稿"));
        await ActAsync(Maker, NoticePage.Of(draft!), "Cancel");

        var wrong = await BegunAsync("tag");
        await job.RunAsync(new(0, job.Kind, wrong.ToString(), "{}", 1, Guid.NewGuid()), default);
        var told = await Maker.GetStringAsync(ComposingPage.Of(wrong));
        Assert.That(told, Does.Contain("草稿没有保存").And.Contain("没有这个标签"));
        var form = WebUtility.HtmlDecode(Regex.Match(told, "href=\"(/console/notices/new[^\"]+)\"").Groups[1].Value);
        Assert.That(await Maker.GetStringAsync(form), Does.Contain("value=\"居住证办理\""), "nothing is written twice");
    }
}
