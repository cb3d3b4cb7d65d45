using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Who comes: remembered when agreed to, family with their consent, sealed while the form is open.</summary>
public sealed class VisitorChatTests : BookingChatFixture
{
    [Test]
    public async Task Who_comes_lies_sealed_in_the_session_while_the_form_is_open()
    {
        await PlaysAsync($"{ToSlots}\n> 1\n…\n{Answers}");
        Assert.That(Chat.Session.Flow!.Answers.Select(a => a.Value), Has.None.Contains("王小明").And.None.Contains("110101199001010015").And.None.Contains("13800138000"));
        await PlaysAsync("> 返回\n请输入手机号（11位）：\n> 返回\n请输入办事人的18位身份证号：");
    }

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
