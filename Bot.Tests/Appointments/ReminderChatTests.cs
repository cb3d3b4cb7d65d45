using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Reminders, and what their numbers mean.</summary>
public sealed class ReminderChatTests : BookingChatFixture
{
    [Test]
    public Task Reminders_come_once_and_their_numbers_are_understood() => PlaysAsync(
        $"""
        > 预约居住证
        …
        > 1
        …
        > 11月26日
        …
        > 1
        …
        {Answers}
        > 1
        预约成功！
        …
        >! now 2026-11-25 10:05
        (later)
        >! jobs
        【预约提醒】您明天有预约：
        明天(周四)11月26日 09:00-09:30 居住证申领
        地点：市民中心（人民路1号）
        请回复数字（改期、取消请在开始2小时前）：
        1. 确认到场
        2. 改期
        3. 取消预约
        > 确认
        好的，已记录您会准时到场。请带齐材料，到大厅后扫码签到或回复“签到”。
        >! now 2026-11-26 06:31
        (later)
        >! jobs
        【预约提醒】您的预约快到时间了：
        …
        > 取消
        确定取消这个预约吗？
        …
        > 2
        预约号：YY20261123-0001-0
        …
        >! jobs
        (nothing)
        """);

    [Test]
    public Task Numbers_of_a_message_that_came_during_a_form_count_when_the_form_is_over() => PlaysAsync(
        $"""
        {Booked}
        > 预约身份证
        …
        >! now 2026-11-24 07:10
        (later)
        > 预约身份证
        …
        >! jobs
        【预约提醒】您的预约快到时间了：
        …
        > 返回
        …
        > 取消
        已取消“预约”。回复“帮助”查看其他服务。
        >! now 2026-11-24 07:11
        (later)
        >! jobs
        (nothing)
        > 1
        好的，已记录您会准时到场。请带齐材料，到大厅后扫码签到或回复“签到”。
        """);

    [Test]
    public Task A_reminder_that_comes_too_late_for_a_change_offers_none_and_says_whom_to_call() => PlaysAsync(
        $"""
        {Booked}
        >! now 2026-11-24 07:20
        (later)
        >! jobs
        【预约提醒】您的预约快到时间了：
        今天(周二)11月24日 09:00-09:30 居住证申领
        地点：市民中心（人民路1号）
        如不能到场，请致电大厅或回复“人工”说明。能准时到场请回复数字：
        1. 确认到场
        > 取消
        距离开始不到2小时，不能再改期或取消了。如不能到场，请致电大厅或回复“人工”说明。
        > 1
        好的，已记录您会准时到场。请带齐材料，到大厅后扫码签到或回复“签到”。
        >! now 2026-11-24 08:40
        (later)
        >! scan checkin_east
        您今天的预约不在这个大厅：
        今天(周二)11月24日 09:00-09:30 居住证申领
        地点：市民中心（人民路1号）
        请到预约的大厅签到；也可以在这里现场取号，请回复数字：
        1. 现场取号
        >! scan checkin_center
        签到取号成功！
        …
        > 取消预约 YY20261123-0001-0
        您已签到，请留意叫号。
        """);
}
