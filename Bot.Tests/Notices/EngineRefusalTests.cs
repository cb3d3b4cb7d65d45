using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Tests.Delivery;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What the platform refuses: one recipient, a value, a template, everything.</summary>
public sealed class EngineRefusalTests : EngineFixture
{
    [Test]
    public async Task What_the_platform_refuses_ends_there()
    {
        Platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", """{"errcode":43101,"errmsg":"user refuse"}""", Ok);
        await StartAsync(workers: 1);
        var id = await MakeAsync(3);

        await DoneAsync(id);

        var rows = await Get<INotices>().RecipientsAsync(id, null, 0, 10, default);
        Assert.That(rows.Select(r => r.Status), Is.EquivalentTo([RecipientStatus.Failed, RecipientStatus.Refused, RecipientStatus.Sent]));
        Assert.That(rows.Single(r => r.Status is RecipientStatus.Failed).Words, Is.EqualTo("模板字段的值不合规（thing1）"));
    }

    [TestCase(Ok, RecipientStatus.Sent)]
    [TestCase("""{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", RecipientStatus.Failed)]
    public async Task A_refused_value_is_made_to_fit_and_sent_once_more_under_the_same_id(string second, RecipientStatus end)
    {
        Platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", second);
        await StartAsync();
        var data = new Dictionary<string, string>(BenchTemplate.Data) { ["thing1"] = "居住证办理😀" };
        var made = await Get<NoticeOffice>().SendAsync(BenchTemplate.Request(NoticeLane.Single), new("o-1"), data, default);
        var id = ((NoticeAnswer.Accepted)made).Notice.Id;

        await DoneAsync(id);

        var asked = Platform.AskedFor(Send).Select(r => System.Text.Json.JsonDocument.Parse(r.Text).RootElement).ToArray();
        Assert.That(asked.Select(a => a.GetProperty("data").GetProperty("thing1").GetProperty("value").GetString()), Is.EqualTo(["居住证办理😀", "居住证办理"]));
        Assert.That(asked.Select(a => a.GetProperty("client_msg_id").GetString()).Distinct().Count(), Is.EqualTo(1));
        var row = (await Get<INotices>().RecipientsAsync(id, null, 0, 1, default)).Single();
        Assert.That((row.Status, row.Words), Is.EqualTo((end, end is RecipientStatus.Failed ? "模板字段的值不合规（thing1）" : null)));
    }

    [Test]
    public async Task A_template_that_is_gone_pauses_its_notice_and_lets_others_go()
    {
        var isGone = true;
        await using var stub = await StubPlatform.StartAsync(
            refuses: to => isGone && to.StartsWith("gone-", StringComparison.Ordinal) ? """{"errcode":40037,"errmsg":"invalid template_id"}""" : null);
        await StartAsync(platform: stub.Address);
        var gone = await MakeAsync(50, "gone-");
        var fine = await MakeAsync(50, "fine-");

        await DoneAsync(fine);
        await Eventually.IsTrueAsync(async () => await FindAsync(gone) is { Status: NoticeStatus.Paused } and { Counts.Queued: 50 }, "it is paused, and all that was held went back");

        Assert.That((await FindAsync(gone)).Reason, Does.StartWith("模板不存在，可能已被删除或类目已变更（40037）。模板已停用。"));
        isGone = false;
        await StopAsync();
        await StartAsync(platform: stub.Address);
        await Get<INotices>().ResumeAsync(gone, "chief", default);
        await DoneAsync(gone);
    }

    [Test]
    public async Task One_wrong_value_for_all_pauses_the_notice_before_everybody_is_refused()
    {
        Platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.phrase2.value invalid"}""");
        await StartAsync(workers: 2);
        var id = await MakeAsync(300);

        await Eventually.IsTrueAsync(async () => await FindAsync(id) is { Status: NoticeStatus.Paused }, "it is paused");
        await Eventually.IsTrueAsync(async () => await LeasesAsync() == 0, "nothing is held");

        Assert.That((await FindAsync(id)).Counts, Has.Property("Failed").LessThan(40).And.Property("Queued").GreaterThan(260));
        Assert.That((await FindAsync(id)).Reason, Does.Contain("phrase2"));
    }

    [Test]
    public async Task A_used_up_quota_stops_every_host_and_loses_nothing()
    {
        Platform.Says(Send, Ok, Ok, """{"errcode":45009,"errmsg":"reach max api daily quota limit"}""");
        await StartAsync(workers: 1);
        var id = await MakeAsync(40);

        await Eventually.IsTrueAsync(async () => await Get<INoticeQueue>().GateAsync(default) is { Code: 45009 }, "the gate is closed");
        await Eventually.IsTrueAsync(async () => await LeasesAsync() == 0, "nothing is held");

        Assert.That((await FindAsync(id)).Counts, Is.EqualTo(new NoticeCounts(38, 2, 0, 0, 0, 0)));
        Assert.That(Platform.AskedFor(Send).Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_template_that_is_gone_is_told_at_once_and_ends_a_single_notice()
    {
        Platform.Says(Send, """{"errcode":40037,"errmsg":"invalid template_id"}""");
        await StartAsync();
        var id = await MakeAsync(1);

        await DoneAsync(id);

        Assert.That((await Get<INotices>().RecipientsAsync(id, RecipientStatus.Failed, 0, 1, default)).Single().Words, Is.EqualTo("模板不存在，可能已被删除或类目已变更"));
        Assert.That((await Get<INoticeTemplates>().FindAsync(BenchTemplate.Code, default))!.Active, Is.False, "nothing new is made with it");
        await BenchTemplate.SyncAsync(Get<INoticeTemplates>());
        Assert.That((await Get<INoticeTemplates>().FindAsync(BenchTemplate.Code, default))!.Active, "listed again");
        Assert.That(await CountAsync("select count(*) from audit_entry where act = 'notice.template_gone'"), Is.EqualTo(1));
    }
}
