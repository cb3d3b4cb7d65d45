using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>The filing form as citizens meet it.</summary>
public sealed class FilingTests : CaseFixture
{
    private const string ToTheStory =
        """
        > 投诉
        请选择类别，回复数字即可：
        1. 路灯照明
        2. 噪声扰民
        3. 拖欠工资
        4. 其他投诉
        > 1
        请描述您要反映的情况：时间、地点、经过和您的诉求。可以分多条发送文字或语音，也可以直接发照片；全部发完后请回复“完成”。
        """;

    private const string ToTheEnd =
        """

        > 完成
        请告诉我地点：点“+”发送位置，或者直接打字写明地址。不涉及地点可以跳过：
        1. 跳过，不填地点
        > 人民路与建设路路口
        可以发送照片或短视频作为依据，最多9张，发完请回复“完成”；没有请回复“1”：
        1. 没有了，下一步
        > 1
        是否需要匿名？
        1. 不匿名
        2. 匿名（承办部门看不到您的身份和联系方式）
        > 1
        您留下的称呼和电话加密保存，只用于办理您提交的事项；填写即表示同意。
        请留下称呼和电话，例如“张女士 13800138000”，便于核实情况。不留可以跳过：
        1. 不留联系方式
        > 张女士 13800138000
        """;

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

    [Test]
    public async Task A_draft_outlives_a_timeout_and_the_loss_of_the_session()
    {
        await PlaysAsync(ToTheStory +
            """

            > 人民路路灯不亮
            …
            +31m
            > 1
            “诉求提交”已超过30分钟没有操作，本次办理已结束。如需继续，请重新开始。
            """);
        var elsewhere = await NewChatAsync();
        await elsewhere.PlaysAsync(
            """
            +2000m
            > 投诉
            您有一份没写完的内容（11月23日 09:30，“人民路路灯不亮”），要接着写吗？请回复数字选择：
            1. 接着写
            2. 重新填写
            > 1
            已记录：“人民路路灯不亮”
            可以继续补充文字、语音或照片；写完请回复“完成”。
            > 完成
            请告诉我地点：点“+”发送位置，或者直接打字写明地址。不涉及地点可以跳过：
            …
            """);
        Assert.That(await AskAsync<bool>("select position(convert_to('路灯', 'UTF8') in form) = 0 from case_draft"), Is.True, "sealed");
        var late = await NewChatAsync();
        await late.PlaysAsync(
            """
            +12100m
            > 投诉
            请选择类别，回复数字即可：
            …
            """);
    }

    [Test]
    public async Task Cancelling_forgets_the_draft()
    {
        await PlaysAsync(ToTheStory +
            """

            > 人民路路灯不亮
            …
            > 取消
            已取消“诉求提交”。回复“帮助”查看其他服务。
            > 投诉
            请选择类别，回复数字即可：
            …
            """);
    }

    [Test]
    public async Task A_story_of_twenty_thousand_characters_in_forty_messages_is_kept_whole()
    {
        await PlaysAsync(ToTheStory);
        var part = new string('长', 499) + "。";
        for (var i = 0; i < 40; i++)
            await Chat.SayAsync(part);
        await PlaysAsync(
            """
            > 还有一句
            已记录（共20004字）。可以继续补充，全部发完后请回复“完成”。
            """ + ToTheEnd +
            """

            …
            > 1
            …
            """);
        Assert.That((await Cases.MineAsync(Citizen, 1, default)).Single().Story, Has.Length.EqualTo(20004 + 40));
    }

    [Test]
    public async Task What_goes_beyond_the_limit_is_refused_in_words_and_loses_nothing()
    {
        await PlaysAsync(ToTheStory);
        for (var i = 0; i < 50; i++)
            await Chat.SayAsync(new string('长', 499));
        await PlaysAsync(
            """
            > 再来一条再来一条
            内容已达到上限，前面的文字都已完整保留，这一条没有记入。请回复“完成”进入下一步。
            …
            > 完成
            …
            """);
    }

    [Test]
    public Task Stickers_files_and_places_far_away_are_answered_with_a_sentence_and_the_question() => PlaysAsync(ToTheStory +
        """

        > 【收到不支持的消息类型，暂无法显示】
        这类消息没法记入工单。请发送文字、语音或照片；之前的内容都已保留。
        …
        > 人民路路灯不亮
        …
        > 完成
        …
        >! at 0,0
        这个位置不在可受理的范围内，可能是地图上点偏了。请重新发送位置，或打字写明地址；不填请回复“1”。
        …
        >! image
        请发送位置，或打字写明地址；不填请回复“1”。
        …
        >! place 人民路1号
        可以发送照片或短视频作为依据，最多9张，发完请回复“完成”；没有请回复“1”：
        …
        > 1
        …
        > 1
        …
        > 不想说
        没有看到有效的电话号码。请回复称呼和电话，例如“张女士 13800138000”；不留请回复“1”。
        …
        """);

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
