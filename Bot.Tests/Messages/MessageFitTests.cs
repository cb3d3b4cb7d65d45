using Bot.Data.Notices;
using Bot.Handlers.Messages;
using Bot.Simulator.World;
using NUnit.Framework;

namespace Bot.Tests.Messages;

/// <summary>Which templates can carry our own messages, and what goes into which field.</summary>
public sealed class MessageFitTests
{
    private static readonly MessageKind s_reminder = MessageKind.Find("booking-reminder")!;

    [Test]
    public void The_demos_templates_carry_every_kind_without_a_hand()
    {
        Assert.That(MessageKind.All.Select(kind => (kind.Code, MessageFit.Problem(kind, Use(kind, Templates.Library.First(t => t.Title == kind.Title).Content)))),
            Is.EqualTo(MessageKind.All.Select(kind => (kind.Code, (string?)null))));
    }

    [Test]
    public void Another_accounts_fields_are_guessed_by_what_fits_them()
    {
        const string content = "温馨提示:{{thing7.DATA}}\n时间:{{time5.DATA}}\n编号:{{character_string9.DATA}}";
        Assert.That(MessageFit.Suggest(s_reminder, Use(s_reminder, content).Template.Latest),
            Is.EqualTo(new Dictionary<string, string> { ["thing7"] = "thing4", ["time5"] = "time2" }));
    }

    [TestCase("时间:{{time5.DATA}}\n提示:{{thing7.DATA}}", "time5 time2,thing7 thing4", null)]
    [TestCase("时间:{{time5.DATA}}\n提示:{{thing7.DATA}}\n备注:{{thing8.DATA}}", "time5 time2,thing7 thing4,thing8 =请带身份证", null)]
    [TestCase("时间:{{time5.DATA}}\n提示:{{thing7.DATA}}", "time5 time2", "“提示”没有指定内容；没有用到“温馨提示”")]
    [TestCase("时间:{{time5.DATA}}\n提示:{{short_thing7.DATA}}", "time5 time2,short_thing7 thing4", "“提示”（short_thing7）放不下“请回复1确认、2改期、3取消”")]
    [TestCase("时间:{{number5.DATA}}\n提示:{{thing7.DATA}}", "number5 time2,thing7 thing4", "“时间”（number5）放不下“2026年11月24日 09:00”")]
    [TestCase("时间:{{time5.DATA}}\n提示:{{thing7.DATA}}", "time5 nothing,thing7 thing4", "“时间”没有指定内容；没有用到“预约时间”")]
    [TestCase("时间:{{time5.DATA}}\n提示:{{thing7.DATA}}", "time5 =明天,thing7 thing4", "“时间”（time5）放不下“明天”；没有用到“预约时间”")]
    public void What_is_missing_or_does_not_fit_is_named(string content, string fields, string? problem)
    {
        var use = Use(s_reminder, content) with { Fields = fields.Split(',').Select(f => f.Split(' ')).ToDictionary(f => f[0], f => f[1]) };
        Assert.That(MessageFit.Problem(s_reminder, use), Is.EqualTo(problem));
    }

    [Test]
    public void A_template_that_is_gone_carries_nothing() =>
        Assert.That(MessageFit.Problem(s_reminder, Use(s_reminder, Templates.Library.First(t => t.Title == s_reminder.Title).Content, active: false)), Does.Contain("已没有这个模板"));

    private static MessageTemplate Use(MessageKind kind, string content, bool active = true) =>
        new(kind.Code, new(1, kind.Code, "ID", active, new TemplateVersion(1, 1, kind.Title, content, "", ""), []), new Dictionary<string, string>());
}
