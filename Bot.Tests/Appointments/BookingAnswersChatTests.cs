using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What the form makes of answers: days and times as people say them, slips, and what is no longer to be had.</summary>
public sealed class BookingAnswersChatTests : BookingChatFixture
{
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
    public async Task What_a_form_held_is_free_when_it_is_left()
    {
        await PlaysAsync($"{ToSlots}\n> 1\n…\n> 取消\n已取消“预约”。回复“帮助”查看其他服务。");
        Assert.That(await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, default, default), Has.All.Property("Free").EqualTo(2));
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
}
