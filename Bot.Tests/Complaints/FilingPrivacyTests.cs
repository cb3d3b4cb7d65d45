using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>Who files: why the contact is asked for, what is sealed or masked, and what a report leaves behind.</summary>
public sealed class FilingPrivacyTests : FilingFixture
{
    [Test]
    public async Task Why_the_contact_is_asked_for_is_told_until_somebody_went_on_and_again_when_it_is_worded_anew()
    {
        const string ToTheContact = "> 咨询\n…\n> 1\n…\n> 怎么办居住证\n…\n> 完成\n…\n> 没有\n";
        const string Asks = "请留下称呼和电话，例如“张女士 13800138000”，便于核实情况。不留可以跳过：";
        const string Told = "您留下的称呼和电话加密保存，只用于办理您提交的事项；填写即表示同意。\n";
        await PlaysAsync($"{ToTheContact}{Told}{Asks}\n…\n> 跳过\n…\n> 1\n…");
        Assert.That(await AskAsync<int>("select count(*) from consent"), Is.Zero, "left out: there is nothing to agree to");
        await PlaysAsync($"{ToTheContact}{Told}{Asks}\n…\n> 13800138000\n…\n> 1\n…");
        await PlaysAsync($"{ToTheContact}{Asks}\n…");
        await ExecuteAsync("update consent set version = 'as it was worded before'");
        await PlaysAsync($"> 退出\n…\n{ToTheContact}{Told}{Asks}\n…");
    }

    [Test]
    public async Task The_contact_lies_sealed_in_the_session()
    {
        await PlaysAsync("> 咨询\n…\n> 1\n…\n> 怎么办居住证\n…\n> 完成\n…\n> 没有\n…\n> 13800138000\n…");
        Assert.That(Chat.Session.Flow!.Answers.Single(a => a.Step == "contact"), Has.Property("Sealed").True.And.Property("Value").Not.Contains("138"));
    }

    [Test]
    public async Task Numbers_of_identity_cards_are_masked_and_HTML_stays_words()
    {
        await PlaysAsync(ToTheStory +
            """

            > 我是<b>张三</b>，身份证110101199003078515，卡号6222 0202 0001 2345 678
            …
            """ + ToTheEnd +
            """

            …
            > 1
            …
            """);
        var file = (await Cases.MineAsync(Citizen, 1, default)).Single();
        Assert.That(file.Story, Is.EqualTo("我是<b>张三</b>，身份证110*************15，卡号622* **** **** **** *78"));
        Assert.That(await AskAsync<bool>("select story_sealed is not null and position(convert_to('110101', 'UTF8') in story_sealed) = 0 from case_file"), Is.True);
    }

    [Test]
    public async Task A_report_is_anonymous_to_the_end_and_leaves_no_openid_behind()
    {
        await PlaysAsync(
            """
            > 举报
            …
            > 1
            被举报单位的名称是什么？
            > 某某餐馆
            …
            > 后厨使用过期食品
            …
            > 完成
            …
            > 1
            …
            > 1
            …
            > 2
            …
            > 1
            请核对：
            种类：举报·食品安全违法
            内容：后厨使用过期食品
            地点：未填
            照片：0张
            匿名：匿名（办理人员看不到您的身份和联系方式）
            联系方式：未填
            确认请回复数字；要改上一项请回复“返回”：
            1. 确认提交
            > 1
            提交成功！您的举报（食品安全违法）已收到，只有指定的办理人员能看到，不会转给被举报单位。
            工单编号：TS20261123-0001-H
            承办：市市场监督管理局
            受理期限：2026年11月24日前
            答复期限：2026年12月10日前
            随时回复“查 TS20261123-0001-H”或“我的工单”查看进展。
            """);
        await DoAsync("TS20261123-0001-H", Centre, new CaseAct.Accept());
        Assert.That(await WordsAsync(), Is.EqualTo(new[] { "您提交的事项有新进展，请回复“我的工单”查看。" }));
        Assert.That(await AskAsync<int>("select count(*) from citizen_message where key ~ '^case:[0-9]+:' or words ~ 'TS'"), Is.Zero);
        Assert.That(await AskAsync<bool>("select position(convert_to('oTestCitizen', 'UTF8') in openid) = 0 from case_citizen"), Is.True);
        Assert.That(await Desk.FindAsync("TS20261123-0001-H", Stranger, default), Is.Null);
    }
}
