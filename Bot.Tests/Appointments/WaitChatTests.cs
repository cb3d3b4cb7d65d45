using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>候补, in chat: offers that lapse, that are taken, and that meet a booking in hand.</summary>
public sealed class WaitChatTests : BookingChatFixture
{
    private const string Waits =
        """
        > 王小明
        …
        > 110101199001010015
        …
        > 13800138000
        这个时段已约满。请核对候补信息，有人取消时按顺序通知您：
        …
        """;

    [Test]
    public Task Who_lets_an_offer_lapse_is_told_so() => PlaysAsync(
        $"""
        >! fill 09:00
        (filled)
        {ToSlots}
        > 2
        …
        {Waits}
        > 1
        已登记候补，您是第1位。有空位时会按顺序通知您，通知后请在时限内确认。
        >! free 09:00
        【候补通知】您候补的时段有空位了：
        …
        +11m
        >! jobs
        您候补的时段有过空位，时限内没有确认，名额已不再为您保留：
        明天(周二)11月24日 09:00-09:30 居住证申领
        地点：市民中心
        可以再次候补或预约其他时间，请回复数字：
        1. 马上预约
        > 1
        请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
        …
        """);

    [Test]
    public async Task A_familys_consent_is_kept_with_the_wait_and_with_the_place_that_came_of_it_which_is_no_place_once_given_up()
    {
        await PlaysAsync(
            $"""
            >! fill 09:00
            (filled)
            {ToSlots}
            > 2
            …
            > 家人
            …
            > 王大爷
            …
            > 110101199001010015
            …
            > 13800138000
            您正在为家人预约，确认即表示已征得家人本人同意，我们会记录这一同意。
            …
            > 1
            已登记候补，您是第1位。有空位时会按顺序通知您，通知后请在时限内确认。
            """);
        Assert.That(await ConsentsAsync(), Is.EqualTo($"wait:{await AskAsync<Guid>("select run_id from waitlist"):N}/1"));
        await PlaysAsync(
            """
            >! free 09:00
            【候补通知】您候补的时段有空位了：
            …
            > 1
            预约成功！
            …
            """);
        var number = await AskAsync<string>("select number from booking where openid = 'oTestCitizen'");
        Assert.That(await ConsentsAsync(), Does.EndWith($" {number}/1"));
        await Stores.Acts.CancelAsync(number!, "停电", Clerk, b => new() { Key = "x", To = b.Citizen, Words = "取消" }, default);
        await PlaysAsync(
            """
            > 1
            这个预约已经取消或停办：明天(周二)11月24日 09:00-09:30 居住证申领。可以查看您现在的预约：
            1. 我的预约
            """);

        Task<string?> ConsentsAsync() => AskAsync<string>("select string_agg(version, ' ' order by given_at) from consent where purpose = 'family-booking'");
    }

    [Test]
    public Task An_offer_stands_when_the_booking_in_hand_cannot_be_changed_any_more() => PlaysAsync(
        $"""
        >! fill 09:30
        (filled)
        {Booked}
        {ToSlots}
        > 2
        …
        {Waits}
        > 1
        已登记候补，您是第1位。有空位时会按顺序通知您，通知后请在时限内确认。
        >! now 2026-11-24 07:00
        (later)
        >! free 09:30
        【预约提醒】您的预约快到时间了：
        …
        >! now 2026-11-24 08:10
        (later)
        >! jobs
        【候补通知】您候补的时段有空位了：
        …
        > 1
        这位办事人已经预约了同一事项：
        今天(周二)11月24日 09:00-09:30 居住证申领
        要改到候补的这个时段吗？请回复数字：
        1. 改到这个时段
        2. 取消候补
        > 1
        距离开始不到2小时，不能再改期或取消了。如不能到场，请致电大厅或回复“人工”说明。
        1. 取消候补
        > 我的预约
        您的预约如下，回复数字查看详情：
        1. 今天(周二)11月24日 09:00-09:30 居住证申领
        2. 今天(周二)11月24日 09:30-10:00 居住证申领（候补有位，请确认）
        """);
}
