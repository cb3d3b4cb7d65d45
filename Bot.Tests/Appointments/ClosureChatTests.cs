using Bot.Handlers.Appointments;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What citizens hear when a day or a hall is closed, and how they go on.</summary>
public sealed class ClosureChatTests : BookingChatFixture
{
    [Test]
    public Task A_closed_day_brings_other_places_and_one_reply_takes_one() => PlaysAsync(
        $"""
        {Booked}
        >! close
        【停办通知】很抱歉，您的预约因故不能办理：
        明天(周二)11月24日 09:00-09:30 居住证申领
        地点：市民中心
        原因：设备检修
        为您找到以下时段，回复数字即可改约：
        1. 后天(周三)11月25日 09:00-09:30 市民中心
        2. 后天(周三)11月25日 09:30-10:00 市民中心
        3. 11月26日(周四) 09:00-09:30 市民中心
        4. 选其他时间
        > 2
        改期成功！预约号不变。
        预约号：YY20261123-0001-0
        …
        > 2
        改期成功！预约号不变。
        …
        > 1
        您的预约已经改到：后天(周三)11月25日 09:30-10:00 居住证申领。需要再改，请回复数字：
        1. 改期
        """);

    [Test]
    public async Task A_closure_told_by_a_notice_says_that_it_is_closed_and_how_to_go_on()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        var told = Chat.Get<BookingMessages>().Displaced(booking, "空调系统突发故障需要停机检修", []);
        Assert.That((told.Template, told.Data["thing3"]), Is.EqualTo(("booking-cancelled", "空调系统突发故障需要…，请回复“改期”")));
        Assert.That(told.Data["thing3"], Has.Length.LessThanOrEqualTo(20));
    }

    [Test]
    public async Task A_hall_that_is_closed_for_good_leaves_the_choice_of_the_others()
    {
        await PlaysAsync(Booked);
        await Stores.Setup.SaveBranchAsync(Stores.Plans.Current.Branch("center")! with { Active = false }, Clerk, default);
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            > 改期
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            1. 城东大厅
            > 1
            【城东大厅】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
            …
            """);
    }
}
