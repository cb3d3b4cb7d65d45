using System.Net;
using Bot.Data.Notices;
using Bot.Host.Operation.Doctor;
using Bot.Host.Verbs;
using Bot.Tests.Delivery;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

public sealed class NoticeTemplatePagesTests : OfficeFixture
{
    private HttpClient _maker = null!;

    private static INoticeTemplates Templates => Host.Services.GetRequiredService<INoticeTemplates>();

    [OneTimeSetUp]
    public async Task Start()
    {
        await Eventually.IsTrueAsync(async () => await Templates.FindAsync("progress", default) is not null, "the demo's templates are there");
        _maker = await Host.SignInAsync("zhidan");
    }

    [OneTimeTearDown]
    public void Stop() => _maker.Dispose();

    [Test]
    public async Task An_administrator_adds_templates_and_sorts_them()
    {
        const string path = "/console/notices/templates";
        Dictionary<string, string?> water = new() { ["Code"] = "water", ["TemplateId"] = "WATER", ["Heading"] = "水费通知", ["Wording"] = "金额{{amount1}}" };
        using var wrong = await Admin.SendAsync(path, "Define", water);
        Assert.That(await TextAsync(wrong), Does.Contain("内容里没有字段").And.Contain("水费通知"));
        using var kept = await Admin.SendAsync(path, "Define", new(water) { ["Wording"] = "金额:{{amount1.DATA}}" });
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var unknown = await Admin.SendAsync(path, "Add", new() { ["Number"] = "no such" });
        Assert.That(await TextAsync(unknown), Does.Contain("微信没有添加"));

        var id = (await Templates.FindAsync("water", default))!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var sorted = await Admin.SendAsync(path, "Code", new() { ["Template"] = id, ["Code"] = "water", ["Category"] = "缴费" });
        Assert.That(await Admin.GetStringAsync(path), Does.Contain("缴费</h2>").And.Contain("手工登记").And.Contain("金额，如 12.50元"));
        Assert.That(await _maker.GetStringAsync("/console/notices/new"), Does.Contain("<optgroup label=\"缴费\">").And.Contain("水费通知（water）"));
        using var retired = await Admin.SendAsync(path, "Retire", new() { ["Template"] = id });
        Assert.That(await _maker.GetStringAsync("/console/notices/new"), Does.Not.Contain("水费通知"));
    }

    [Test]
    public async Task An_administrator_says_by_which_template_our_own_messages_go()
    {
        var uses = Host.Services.GetRequiredService<IMessageTemplates>();
        const string path = "/console/notices/messages";
        Assert.That(await Admin.GetStringAsync(path), Does.Contain("候补名额通知").And.Not.Contain("不能发送"), "the demo's templates are ours");
        Assert.That(await Admin.GetStringAsync("/console"), Does.Not.Contain("自动消息还不能用模板发送"));

        await Templates.DefineAsync(new("hospital", "HOSPITAL", "就诊提醒", "时间:{{time5.DATA}}\n说明:{{thing7.DATA}}\n备注:{{thing8.DATA}}"), "admin", default);
        var id = (await Templates.FindAsync("hospital", default))!.Id;
        var form = $"{path}?code=booking-reminder&template={id}";
        Dictionary<string, string?> fields = new() { ["Source[time5]"] = "time2", ["Source[thing7]"] = "thing4", ["Source[thing8]"] = "=" };
        using var missing = await Admin.SendAsync(form, "Save", fields);
        Assert.That(await TextAsync(missing), Does.Contain("还不能保存：“备注”没有指定内容。"));
        using var saved = await Admin.SendAsync(form, "Save", new(fields) { ["Words[thing8]"] = "请带身份证" });
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));

        var use = (await uses.FindAsync("booking-reminder", default))!;
        Assert.That(use.Fill(new Dictionary<string, string> { ["thing1"] = "居住证", ["time2"] = "10:00", ["thing4"] = "请回复1确认" }),
            Is.EqualTo(new Dictionary<string, string> { ["time5"] = "10:00", ["thing7"] = "请回复1确认", ["thing8"] = "请带身份证" }));
        Assert.That(await _maker.GetStringAsync(form), Does.Contain("就诊提醒").And.Not.Contain("保存</button>"));

        // WeChat drops it: whoever looks is told.
        await Templates.RetireAsync(id, "admin", default);
        Assert.That(await Admin.GetStringAsync("/console"), Does.Contain("自动消息还不能用模板发送").And.Contain("字段要重新对应"));
        var line = (await Doctor.ExamineAsync([ActivatorUtilities.CreateInstance<MessageChecks>(Host.Services)], default)).Single();
        Assert.That(line.Detail, Is.EqualTo("预约提醒（booking-reminder：微信公众平台上已没有这个模板）"));

        // And back, for the other tests.
        var own = (await Templates.AllAsync(default)).First(t => t.Code == "booking-reminder");
        using var back = await Admin.SendAsync($"{path}?code=booking-reminder&template={own.Id}", "Save",
            new() { ["Source[thing1]"] = "thing1", ["Source[time2]"] = "time2", ["Source[thing3]"] = "thing3", ["Source[thing4]"] = "thing4" });
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }
}
