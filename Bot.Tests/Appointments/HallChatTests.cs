using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>In the hall: checking in, waiting, being called, rating the visit.</summary>
public sealed class HallChatTests : BookingChatFixture
{
    [Test]
    public Task Checks_in_waits_is_called_and_rates_the_visit() => PlaysAsync(
        $"""
        {Booked}
        > 签到
        您今天没有预约。请在大厅扫描签到二维码现场取号，或者回复“预约”预约其他日期。
        1. 马上预约
        >! now 2026-11-24 07:30
        (later)
        >! scan checkin_center
        还没到签到时间。您的预约是今天(周二)11月24日 09:00-09:30，08:00起可以签到。
        >! now 2026-11-24 08:30
        (later)
        >! at 30.1,120.1
        …
        > 签到
        您现在离市民中心大约14.7公里。请到达大厅后再签到。
        >! scan checkin_center
        签到取号成功！
        您的号码：A001
        前面没有人，请留意叫号，马上就轮到您。
        >! scan checkin_center
        您已经签到了，号码是A001，前面没有人，请留意叫号。
        >! call
        请A001号到1号窗口办理（市民中心）。
        >! scan checkin_center
        您的号码A001正在被叫到，请到1号窗口。
        >! finish
        您今天在市民中心办理了“居住证申领”，请评价本次服务，回复数字：
        1. 非常满意
        2. 满意
        3. 基本满意
        4. 不满意
        5. 非常不满意
        > 评价
        这些等您评价，回复数字选择：
        1. 11月24日 市民中心 居住证申领
        > 1
        请评价这次服务，回复数字：
        1. 非常满意
        …
        5. 非常不满意
        > 5
        很抱歉没有让您满意。您的评价已转给负责人，3个工作日内会有工作人员回复您；想说明情况，也可以回复“人工”。
        > 1
        您已经评价过这次服务了，谢谢！
        """);

    [Test]
    public Task Who_comes_without_a_booking_takes_a_number() => PlaysAsync(
        """
        >! scan checkin_center
        您今天在市民中心没有预约，可以现场取号，请选择事项：
        1. 居住证申领
        2. 身份证换领
        > 身份证
        签到取号成功！
        您的号码：A001
        前面没有人，请留意叫号，马上就轮到您。
        >! scan checkin_center
        您已经签到了，号码是A001，前面没有人，请留意叫号。
        > 签到
        您已经签到了，号码是A001，前面没有人，请留意叫号。
        >! scan checkin_nowhere
        没有找到这个大厅，请咨询现场工作人员。
        >! now 2026-11-24 22:00
        (later)
        >! scan checkin_center
        市民中心现在不在办理时间，不能现场取号。回复“预约”可以预约其他时间。
        """);
}
