using System.Net;
using Bot.Data.Notices;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Notices;

/// <summary>What is filled in: kept, checked, and nothing made of what is wrong.</summary>
public sealed class NoticeFormTests : NoticePagesFixture
{
    [Test]
    public async Task Another_template_keeps_what_was_filled_in_and_makes_nothing()
    {
        const string Form = "/console/notices/new?template=progress";
        Assert.That(await Maker.GetStringAsync(Form), Does.Not.Contain("data-submits").And.Not.Contain("有内容需要修改"), "an arrow key chooses, and sends nothing");
        var other = (await Templates.AllAsync(default)).First(t => t.Active && t.Code != "progress" && t.Latest.Fields.Any(f => f.Name == "thing1"));
        var before = (await Notices.ListAsync(new(), default)).Count;
        var (address, hidden) = await Maker.FormAsync(Form, null);
        Dictionary<string, string?> fields = new(Words) { ["wanted"] = other.Code, ["Kind"] = "one", ["To"] = "oKept-while-choosing", ["At"] = "2031-05-06T07:08" };
        using var answer = await Maker.PostAsync($"{address}&handler=Template", ConsoleHost.Content(hidden, fields));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(page, Does.Contain($"template={Uri.EscapeDataString(other.Code)}").And.Contain("value=\"居住证办理\"").And.Contain("value=\"oKept-while-choosing\"").And.Contain("2031-05-06T07:08"));
        Assert.That((await Notices.ListAsync(new(), default)).Count, Is.EqualTo(before));
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
        Dictionary<string, string?> fields = new(Words) { ["Kind"] = "one", ["To"] = field == "To" ? "" : "oFine", [field] = value };
        using var answer = await ComposeAsync(Maker, fields);
        // An openid is opaque: anything may be one, and is shown as text.
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Not.Contain("<script>alert"));
        if (field != "To")
            Assert.That((answer.StatusCode, (await Notices.ListAsync(new NoticeFilter(), default)).Count), Is.EqualTo((HttpStatusCode.OK, before)), text);
    }

    [Test]
    public async Task A_time_that_cannot_be_meant_is_told_beside_its_field()
    {
        foreach (var (field, time) in new[] { ("Until", "0001-01-01T00:00"), ("Until", "20266-01-01T00:00"), ("At", "9999-12-31T23:59") })
        {
            using var answer = await ComposeAsync(Maker, new(Words) { ["Kind"] = "one", ["To"] = "oOutOfTime", [field] = time });
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{field} {time}");
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("有内容需要修改"));
        }
    }

    [Test]
    public async Task A_notice_of_a_day_ends_with_it()
    {
        var page = await DraftedAsync(new(Words) { ["Kind"] = "one", ["To"] = "oToday", ["Until"] = "2099-12-31T18:00" });
        Assert.That((await FindAsync(page)).ExpiresAt, Is.EqualTo(new DateTimeOffset(2099, 12, 31, 18, 0, 0, TimeSpan.FromHours(8))));
        Assert.That(await Maker.GetStringAsync(page), Does.Contain("有效期至").And.Contain("2099"));
        await ActAsync(Maker, page, "Cancel");
        using var over = await ComposeAsync(Maker, new(Words) { ["Kind"] = "one", ["To"] = "oToday", ["Until"] = "2020-01-01T18:00" });
        Assert.That(await over.Content.ReadAsStringAsync(), Does.Contain("应晚于现在和预定发送的时间"));
    }

    [Test]
    public async Task A_template_of_one_department_is_not_there_for_others()
    {
        var template = (await Templates.FindAsync("expiry", default))!;
        await Templates.AllowAsync(template.Id, ["renshe"], "admin", default);
        Assert.That(await Maker.GetStringAsync("/console/notices/new"), Does.Contain("预约成功通知").And.Not.Contain("证件到期提醒"));
        Assert.That(await Maker.GetStringAsync("/console/notices/new?template=expiry"), Does.Not.Contain("发给谁"));
        await Templates.AllowAsync(template.Id, [], "admin", default);
    }
}
