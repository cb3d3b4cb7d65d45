using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Bot.Host.Pages.Console.Notices;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Notices;

/// <summary>A notice is composed by one, approved by another, and followed to its end.</summary>
public sealed class NoticePagesTests : NoticePagesFixture
{
    [Test]
    public async Task A_notice_goes_out_once_another_person_approved_it()
    {
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oNobody" });
        await ActAsync(Maker, page, "Submit");
        Assert.That(await Maker.GetStringAsync(page), Does.Contain($"data-progress=\"{page}/progress\""), "an open page follows what others do");
        Assert.That((await Maker.PostAsync($"{page}?handler=Approve", null)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.Forbidden), "not by its maker");

        Assert.That(await Approver.GetStringAsync("/console"), Does.Contain(page), "it waits on the approver's first page");
        await ActAsync(Approver, page, "Approve");

        await Eventually.IsTrueAsync(async () => (await FindAsync(page)).Status is NoticeStatus.Done, "the notice is done");
        var notice = await FindAsync(page);
        Assert.That((notice.MadeBy, notice.ApprovedBy, notice.Department), Is.EqualTo(("zhidan", "shenhe", (string?)"center")));
        Assert.That(await Maker.GetStringAsync($"{page}?status=Failed"), Does.Contain("…Nobody"));
        var report = await Maker.GetStringAsync($"{page}/results.csv");
        Assert.That(report, Does.StartWith("\uFEFF行号,openid,结果").And.Contain("1,oNobody,失败"));
        Assert.That((await Maker.GetByteArrayAsync($"{page}/results.xlsx")).Take(2), Is.EqualTo("PK"u8.ToArray()));
    }

    [Test]
    public async Task Who_is_administrator_does_not_approve_their_own()
    {
        using var administrator = await Host.SignInAsync("admin");
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oOwn" }, administrator);
        await ActAsync(administrator, page, "Submit");
        Assert.That(await administrator.GetStringAsync(page), Does.Not.Contain("handler=Approve"));
        Assert.That((await Notices.ApproveAsync(Id(page), "admin", default)).Kind, Is.EqualTo(NoticeChangeKind.SamePerson));
    }

    [Test]
    public async Task What_is_handed_back_tells_its_maker_why()
    {
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oBack" });
        await ActAsync(Maker, page, "Submit");
        using var without = await Approver.SendAsync(page, "Return", new() { ["Reason"] = "" });
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("请写明退回的原因"));
        await ActAsync(Approver, page, "Return", new() { ["Reason"] = "时间写错了" });
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("时间写错了").And.Contain("草稿"));
        await ActAsync(Maker, page, "Cancel");
    }

    [Test]
    public async Task What_was_handed_back_is_mended_and_goes_to_the_same_citizens()
    {
        var file = $"openid,thing1\noA{Guid.NewGuid():N},居住证\noB,社保卡\n";
        var page = await DraftedAsync(new(Words) { ["Kind"] = "file", ["Fields[thing1]"] = "" }, file: file);
        await ActAsync(Maker, page, "Submit");
        Assert.That(await Maker.GetStringAsync(page), Does.Not.Contain(">修改<"), "not while it is looked at");
        await ActAsync(Approver, page, "Return", new() { ["Reason"] = "进度写错了" });

        var form = Regex.Match(await Maker.GetStringAsync(page), "href=\"(/console/notices/new[^\"]+)\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.That(await Maker.GetStringAsync(form), Does.Contain("退回原因：进度写错了").And.Contain("沿用原来的收件人：文件：rows.csv，2 人"));
        using var answer = await ComposeAsync(Maker, new() { ["Kind"] = "kept", ["Fields[phrase2]"] = "需要补正" }, form: form);

        var mended = answer.Headers.Location!.ToString();
        Assert.That((await FindAsync(page)).Status, Is.EqualTo(NoticeStatus.Cancelled));
        List<NoticeRow> rows = [];
        await foreach (var row in Notices.RowsAsync(Id(mended), default))
            rows.Add(row);
        Assert.That(rows.Select(r => (r.Data["thing1"], r.Data["phrase2"])), Is.EqualTo([("居住证", "需要补正"), ("社保卡", "需要补正")]));
        Assert.That((await Notices.SourceAsync(Id(mended), default))?.Length, Is.EqualTo(32), "the file is still known");
        using var late = await ComposeAsync(Maker, new() { ["Kind"] = "kept" }, form: mended.Replace(Id(mended), "new?template=progress", StringComparison.Ordinal) + $"&from={Id(mended)}");
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await Maker.GetAsync(form)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what was replaced is no draft any more");
    }

    [Test]
    public async Task A_clerk_tests_on_their_own_phone()
    {
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oTested" });
        Assert.That(await Maker.GetStringAsync(page), Does.Not.Contain("handler=Test"));
        using var shown = await Maker.SendAsync(page, "Bind", []);
        var code = Regex.Match(await shown.Content.ReadAsStringAsync(), "绑定 ([0-9]{8})").Groups[1].Value;
        Assert.That(await Host.Services.GetRequiredService<INoticeTesters>().BindAsync(code, new("oMyPhone"), default), Is.EqualTo("刘洋"));

        await ActAsync(Maker, page, "Test");

        var test = (await Notices.ListAsync(new NoticeFilter(Origin: NoticeOrigin.Test), default))[0];
        Assert.That((await Notices.RecipientsAsync(test.Id, null, 0, 1, default)).Single().To.Value, Is.EqualTo("oMyPhone"));
        await ActAsync(Maker, page, "Cancel");
    }

    [Test]
    public async Task Somebody_elses_notice_is_not_found()
    {
        var id = ((NoticeAnswer.Accepted)await Host.Services.GetRequiredService<NoticeOffice>().SendAsync(
            new() { Origin = NoticeOrigin.Console, Lane = NoticeLane.Single, Template = "progress", MadeBy = "wang", Department = "renshe" }, new("oTheirs"),
            ApiCaller.Data, default)).Notice.Id;
        foreach (var path in (string[])[NoticePage.Of(id), $"{NoticePage.Of(id)}/progress", $"{NoticePage.Of(id)}/results.csv"])
        {
            using var answer = await Maker.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        Assert.That(await Approver.GetStringAsync(NoticePage.Of(id)), Does.Contain("…Theirs"), "approvers see all");
        Assert.That(StaffRole.NoticeApprover.Shown, Is.EqualTo("通知审核"));
    }

    [Test]
    public async Task What_was_sent_is_counted_by_template_and_by_who_sent_it()
    {
        var office = Host.Services.GetRequiredService<NoticeOffice>();
        NoticeRequest request = new() { Origin = NoticeOrigin.Api, Lane = NoticeLane.Single, Template = "progress", MadeBy = "live:用量系统" };
        var data = ApiCaller.Data;
        await office.SendAsync(request, new("oUseA"), data, default);
        await office.SendAsync(request, new("oUseB"), data, default);
        await office.SendAsync(request with { MadeBy = "test:用量系统", Simulated = true }, new("oUseC"), data, default);

        var use = (await Host.Services.GetRequiredService<INoticeUse>().ReadAsync(DateTimeOffset.UtcNow.AddHours(-1), null, null, default)).Where(u => u.By.EndsWith("用量系统", StringComparison.Ordinal));
        Assert.That(use.Select(u => (u.TemplateCode, u.By, u.Notices, u.Counts.Total)), Is.EqualTo([("progress", "live:用量系统", 2, 2)]));
        Assert.That(await Approver.GetStringAsync("/console/notices/usage?days=7"), Does.Contain("其他系统：用量系统").And.Contain("业务办理进度提醒（progress）"));
        Assert.That(await Maker.GetStringAsync("/console/notices/usage"), Does.Not.Contain("用量系统"), "those of others are not theirs to see");
    }

    [Test]
    public async Task What_is_unclear_is_told_and_sent_again_by_who_may_take_the_risk()
    {
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oUnclear" });
        await ActAsync(Maker, page, "Submit");
        await ActAsync(Approver, page, "Approve");
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        await using (var command = Host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            """
            update notice_recipient set status = 'parked', uncertain_since = now(), finished_at = null, error_code = -1, error_words = '微信系统繁忙'
            where notice_id = (select id from notice where public_id = $1)
            """))
        {
            command.Parameters.Add(new() { Value = Id(page) });
            await command.ExecuteNonQueryAsync();
        }

        Assert.That(await Maker.GetStringAsync(page), Does.Contain("1 位<a").And.Contain("待核实").And.Contain("微信系统繁忙").And.Not.Contain("handler=Resend"));
        Assert.That(await Approver.GetStringAsync("/console"), Does.Contain("有待核实的通知").And.Contain(page));
        Assert.That(await Approver.GetStringAsync($"{page}?status=Parked"), Does.Contain("handler=Resend").And.Contain("会再收到一次"));
        var (address, hidden) = await Approver.FormAsync(page, "Resend");
        var (_, another) = await Approver.FormAsync(page, "Resend");
        using var sent = await Approver.PostAsync(address, ConsoleHost.Content(hidden, new() { ["which"] = "1" }));
        using var twice = await Approver.PostAsync(address, ConsoleHost.Content(hidden, new() { ["which"] = "1" }));
        using var late = await Approver.PostAsync(address, ConsoleHost.Content(another, new() { ["which"] = "0" }));

        Assert.That((sent.StatusCode, twice.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)), "a double click acts once");
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("没有可以重发的"));
        while (await FindAsync(page) is { Status: not NoticeStatus.Done })
            await Task.Delay(50);
        Assert.That((await FindAsync(page)).Unclear, Is.Zero);
        Assert.That(await Approver.GetStringAsync(page), Does.Not.Contain("handler=Resend").And.Not.Contain("待核实"));
    }
}
