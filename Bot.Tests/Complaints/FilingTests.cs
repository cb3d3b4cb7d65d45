using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>The filing form as citizens meet it.</summary>
public sealed class FilingTests : FilingFixture
{
    [Test]
    public async Task A_complaint_from_the_first_word_to_the_receipt()
    {
        await PlaysAsync(ToTheStory +
            """

            > 人民路路灯不亮
            已记录（共7字）。可以继续补充，全部发完后请回复“完成”。
            > 已经三天了，晚上看不见路
            已记录（共19字）。可以继续补充，全部发完后请回复“完成”。
            """ + ToTheEnd +
            """

            请核对：
            种类：投诉·路灯照明
            内容：人民路路灯不亮 已经三天了，晚上看不见路
            地点：人民路与建设路路口
            照片：0张
            匿名：不匿名
            联系方式：张女士 13800138000
            确认请回复数字；要改上一项请回复“返回”：
            1. 确认提交
            2. 确认提交，并同意隐去个人信息后公开
            > 1
            提交成功！您的投诉（路灯照明）已收到。
            工单编号：TS20261123-0001-H
            承办：市城市管理局
            受理期限：2026年11月24日前
            答复期限：2026年11月30日前
            随时回复“查 TS20261123-0001-H”或“我的工单”查看进展，有进展我们也会主动告诉您。
            > 查 ts20261123-0001-h
            工单 TS20261123-0001-H
            投诉·路灯照明
            状态：待受理
            答复期限：2026年11月30日前
            进展：
            11月23日 09:30 已提交

            您可以回复数字：
            1. 补充说明
            2. 撤回
            3. 我的工单
            > 我的工单
            您的工单，回复数字查看：
            1. TS20261123-0001-H 待受理 路灯照明
            """);
        var file = (await Cases.MineAsync(Citizen, 9, default)).Single();
        Assert.That((file.Story, file.Address), Is.EqualTo(("人民路路灯不亮\n已经三天了，晚上看不见路", "人民路与建设路路口")));
        Assert.That(await AskAsync<int>("select count(*) from case_draft"), Is.Zero, "what was filed is no draft");
        Assert.That(await AskAsync<string>("select string_agg(openid || purpose || (length(version) = 16)::text, ',') from consent"), Is.EqualTo("oTestCitizencasetrue"));
    }

    [Test]
    public Task One_sentence_suggests_the_category_and_is_kept_as_the_beginning() => PlaysAsync(
        """
        > 我要投诉路灯不亮，「很暗」！
        请选择类别，回复数字即可：
        1. 路灯照明（推荐）
        …
        > 1
        已记录：“路灯不亮，「很暗」！”
        可以继续补充文字、语音或照片；写完请回复“完成”。
        > 完成
        …
        """);

    [Test]
    public Task A_question_about_complaining_is_not_one() => PlaysAsync(
        """
        > 投诉电话是多少
        …
        """);

    [Test]
    public Task A_category_asks_its_own_questions() => PlaysAsync(
        """
        > 投诉
        …
        > 2
        噪声主要在什么时段？
        1. 白天
        2. 夜间
        > 2
        请描述您要反映的情况：时间、地点、经过和您的诉求。可以分多条发送文字或语音，也可以直接发照片；全部发完后请回复“完成”。
        > 完成
        还没有收到文字。请先写明您要反映的情况，再回复“完成”。
        …
        """);

    [Test]
    public Task An_enquiry_is_short() => PlaysAsync(
        """
        > 咨询
        请选择类别，回复数字即可：
        1. 办事咨询
        2. 其他咨询
        > 1
        请描述您要反映的情况：时间、地点、经过和您的诉求。可以分多条发送文字或语音，也可以直接发照片；全部发完后请回复“完成”。
        > 居住证到期了还能换新的吗
        已记录（共12字）。可以继续补充，全部发完后请回复“完成”。
        > 完成
        可以发送照片或短视频作为依据，最多9张，发完请回复“完成”；没有请回复“1”：
        1. 没有了，下一步
        > 没有
        您留下的称呼和电话加密保存，只用于办理您提交的事项；填写即表示同意。
        请留下称呼和电话，例如“张女士 13800138000”，便于核实情况。不留可以跳过：
        1. 不留联系方式
        > 跳过
        请核对：
        种类：咨询·办事咨询
        内容：居住证到期了还能换新的吗
        地点：未填
        照片：0张
        匿名：不匿名
        联系方式：未填
        确认请回复数字；要改上一项请回复“返回”：
        1. 确认提交
        2. 确认提交，并同意隐去个人信息后公开
        > 1
        提交成功！您的咨询（办事咨询）已收到。
        工单编号：TS20261123-0001-H
        承办：受理中心
        受理期限：2026年11月24日前
        答复期限：2026年11月26日前
        随时回复“查 TS20261123-0001-H”或“我的工单”查看进展，有进展我们也会主动告诉您。
        """);

    [Test]
    public Task The_menu_offers_every_kind() => PlaysAsync(
        """
        >! click COMPLAIN
        请问您要办哪一种？请回复数字选择：
        1. 投诉
        2. 举报
        3. 咨询
        4. 建议
        5. 求助
        6. 表扬
        > 2
        请选择类别，回复数字即可：
        1. 食品安全违法
        2. 其他举报
        > 返回
        请问您要办哪一种？请回复数字选择：
        …
        > 返回
        已经是第一步了，回复“取消”可以退出。
        …
        """);
}
