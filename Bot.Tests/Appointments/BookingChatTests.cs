using Bot.Data.Policies;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>预约 as citizens walk through it.</summary>
public sealed class BookingChatTests : BookingChatFixture
{
    [Test]
    public async Task Books_a_visit_from_the_first_word_to_the_ticket()
    {
        Chat.With(new Policy
        {
            Id = "P1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件", Materials = ["身份证", "一寸照片"],
        });
        await ExecuteAsync("update service_item set guide = 'P1' where code = 'jzz'");
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            > 预约
            请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
            1. 居住证申领
            2. 身份证换领
            > １
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            1. 市民中心
            2. 城东大厅
            > 1
            【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
            1. 明天(周二)11月24日 余4
            2. 后天(周三)11月25日 余4
            3. 11月26日(周四) 余4
            4. 11月27日(周五) 余4
            5. 11月28日(周六) 余4
            6. 11月30日(周一) 余4
            7. 12月1日(周二) 余4
            8. 12月2日(周三) 余4
            9. 12月3日(周四) 余4
            （第1/2页，回复“下一页”看更多）
            > 1
            【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
            1. 09:00-09:30 余2
            2. 09:30-10:00 余2
            > 1
            已为您保留这个时段5分钟。
            接下来要填写办事人的姓名、身份证号和手机号，只用于核对身份和办事通知，加密保存；继续填写即表示同意。
            请输入办事人的姓名（为家人预约请回复“家人”）：
            > 王小明
            请输入办事人的18位身份证号：
            > 110101199001010015
            请输入手机号（11位）：
            > 138 0013 8000
            请核对预约信息：
            事项：居住证申领
            地点：市民中心（人民路1号）
            时间：明天(周二)11月24日 09:00-09:30
            办事人：王** 110101********0015
            手机：138****8000
            回复数字确认，回复“返回”修改：
            1. 确认预约
            2. 确认预约，并记住办事人信息，下次免填
            > 1
            预约成功！
            预约号：YY20261123-0001-0
            事项：居住证申领
            地点：市民中心（人民路1号）
            时间：明天(周二)11月24日 09:00-09:30
            办事人：王** 110101********0015
            请携带：1、身份证；2、一寸照片
            大厅开放：周一至周六 09:00-10:00
            到大厅后扫描签到二维码，或者回复“签到”取号（可提前60分钟）。
            …
            查看、改期、取消：回复“我的预约”
            """);
    }

    [TestCase("办居住证")]
    [TestCase("我要办居住证")]
    [TestCase("预约居住证")]
    [TestCase("预约 居住证申领")]
    public Task A_service_that_was_named_is_not_asked_for(string words) => PlaysAsync(
        $"""
        > {words}
        【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
        1. 市民中心
        2. 城东大厅
        """);

    [Test]
    public Task Posters_lead_to_their_service_or_hall() => PlaysAsync(
        """
        >! scan svc_sfz
        【身份证换领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
        …
        >! scan branch_east
        【城东大厅】可以预约以下事项，请回复数字，或者直接说出事项名称：
        1. 居住证申领
        2. 身份证换领
        > 身份证
        【城东大厅】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        """);

    [Test]
    public Task The_nearest_hall_comes_first_once_a_place_is_known() => PlaysAsync(
        """
        > 预约居住证
        …
        >! at 30.1,120.1
        【居住证申领】请选择办事大厅，离您近的在前面：
        1. 城东大厅（0.0公里）
        2. 市民中心（14.7公里）
        > 取消
        …
        >! at 30.1,120.1
        您的位置已收到。离您最近的办事大厅（回复数字可以预约）：
        1. 城东大厅（0.0公里）东湖路8号
        2. 市民中心（14.7公里）人民路1号
        > 预约居住证
        【居住证申领】请选择办事大厅，离您近的在前面：
        1. 城东大厅（0.0公里）
        …
        """);

    [Test]
    public Task Days_and_times_are_understood_as_people_say_them() => PlaysAsync(
        """
        > 预约居住证
        …
        > 城东
        【城东大厅】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 昨晚
        没有看懂您说的日期，请回复数字，或者说“明天”“下周三”“12月3号”。
        【城东大厅】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 11月20号
        11月20日(周五)已经过去了，请选择下面的日期。
        …
        > 这周日
        11月29日(周日)不能预约（休息、停办或超出可预约的范围），请选择下面的日期。
        …
        > 下周三上午
        【12月2日(周三)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        …
        > 下午三点
        15:00没有可以预约的时段，请选择下面的时段。
        …
        > 上午九点半
        已为您保留这个时段5分钟。
        …
        > 返回
        【12月2日(周三)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:00-09:30 余1
        2. 09:30-10:00 余1
        """);

    [Test]
    public async Task What_a_form_held_is_free_when_it_is_left()
    {
        await PlaysAsync($"{ToSlots}\n> 1\n…\n> 取消\n已取消“预约”。回复“帮助”查看其他服务。");
        Assert.That(await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, default, default), Has.All.Property("Free").EqualTo(2));
    }

    [Test]
    public Task A_day_of_the_month_is_no_number_on_the_screen() => PlaysAsync(
        """
        > 预约居住证
        …
        > 1
        …
        > 3号
        【12月3日(周四)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        …
        > 返回
        …
        > 9号
        【12月3日(周四)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        …
        """);

    [Test]
    public Task Wrong_answers_are_told_and_asked_again() => PlaysAsync(
        $"""
        {ToSlots}
        > 9
        没有看懂您说的时间，请回复数字，或者说“上午”“下午3点”。
        …
        > 2
        …
        > 王
        这不像是姓名。请输入身份证上的姓名，2到30个字：
        > 王小明
        …
        > 110101199001010016
        身份证号不正确，可能有一位输错了，请核对后重新输入（末位是X的请一并输入）。
        请输入办事人的18位身份证号：
        > 110101199001010015
        …
        > 12345
        手机号不正确，应为11位数字，请重新输入。
        请输入手机号（11位）：
        > 返回
        请输入办事人的18位身份证号：
        """);

    [Test]
    public async Task The_card_of_a_guide_leads_to_booking_its_service()
    {
        Chat.With(new Policy { Id = "P1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件", Summary = "满半年可申领。" });
        await ExecuteAsync("update service_item set guide = 'P1' where code = 'jzz'");
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            > 政策 居住证申领
            …
            > 1
            …
            这有帮助吗？
            1. 有帮助
            2. 没有解决
            3. 预约办理
            > 3
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            …
            """);
    }

    [Test]
    public async Task Who_comes_lies_sealed_in_the_session_while_the_form_is_open()
    {
        await PlaysAsync($"{ToSlots}\n> 1\n…\n{Answers}");
        Assert.That(Chat.Session.Flow!.Answers.Select(a => a.Value), Has.None.Contains("王小明").And.None.Contains("110101199001010015").And.None.Contains("13800138000"));
        await PlaysAsync("> 返回\n请输入手机号（11位）：\n> 返回\n请输入办事人的18位身份证号：");
    }

    [Test]
    public Task A_slot_gone_meanwhile_leads_back_to_the_slots_and_the_rest_is_kept() => PlaysAsync(
        $"""
        {ToSlots}
        > 1
        …
        {Answers}
        +6m
        >! fill 09:00
        (filled)
        > 1
        很抱歉，您选的时段刚刚约满。请另选一个时段，您填写的其他内容都已保留。
        【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:30-10:00 余2
        2. 09:00-09:30 约满，可候补
        > 1
        请核对预约信息：
        事项：居住证申领
        地点：市民中心（人民路1号）
        时间：明天(周二)11月24日 09:30-10:00
        办事人：王** 110101********0015
        …
        > 确认
        预约成功！
        …
        """);

    [Test]
    public Task Limits_are_told_with_a_way_on() => PlaysAsync(
        $"""
        {ToSlots}
        > 1
        …
        {Answers}
        > 1
        预约成功！
        …
        > 预约身份证
        …
        > 1
        …
        > 1
        …
        > 2
        …
        > 王小明
        …
        > 110101199001010015
        同一位办事人每天最多预约1次，请选择其他日期。
        【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 预约居住证
        …
        > 1
        …
        > 后天
        …
        > 1
        …
        > 王小明
        …
        > 110101199001010015
        这位办事人已经预约了同一事项，不能重复预约。需要换时间请改期：
        1. 我的预约
        > 1
        您的预约如下，回复数字查看详情：
        1. 明天(周二)11月24日 09:00-09:30 居住证申领
        """);

    [Test]
    public async Task A_familys_consent_is_said_before_the_confirmation_and_kept_with_the_booking()
    {
        await ExecuteAsync("truncate consent");
        await PlaysAsync(
            $"""
            {ToSlots}
            > 1
            …
            > 家人
            …
            > 王大爷
            …
            > 110101195001010017
            …
            > 13800138000
            您正在为家人预约，确认即表示已征得家人本人同意，我们会记录这一同意。
            请核对预约信息：
            …
            > 1
            预约成功！
            …
            """);
        Assert.That(await AskAsync<string>("select purpose || ' ' || version from consent where purpose like 'family-booking%'"), Is.EqualTo("family-booking YY20261123-0001-0/1"));
    }

    [Test]
    public Task Who_agreed_is_remembered_and_family_is_booked_for_with_consent() => PlaysAsync(
        $"""
        {ToSlots}
        > 1
        …
        {Answers}
        > 2
        预约成功！
        …
        > 预约身份证
        …
        > 1
        …
        > 后天
        …
        > 1
        请选择办事人，回复数字：
        1. 王**（110101********0015）
        2. 换一位办事人
        > 2
        已为您保留这个时段5分钟。
        …
        > 家人
        请先征得家人本人同意，再输入家人的姓名；继续填写即表示对方已经同意：
        > 王大爷
        请输入办事人的18位身份证号：
        > 返回
        请先征得家人本人同意，再输入家人的姓名；继续填写即表示对方已经同意：
        > 返回
        已为您保留这个时段5分钟。
        …
        > 返回
        请选择办事人，回复数字：
        …
        > 1
        请核对预约信息：
        …
        办事人：王** 110101********0015
        手机：138****8000
        回复数字确认，回复“返回”修改：
        1. 确认预约
        > 1
        预约成功！
        …
        > 删除办事人
        已删除您保存的办事人信息。
        > 删除办事人
        您没有保存过办事人信息。
        """);
}
