using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What the rules say of a person: told without a word of another account's, and the form stays open.</summary>
public sealed class PersonRulesChatTests : BookingChatFixture
{
    private static readonly string s_theirs = IdNumbers.Make(3);
    private static readonly string s_another = IdNumbers.Make(4);

    private static string Refused =>
        $"""
        {ToSlots}
        > 1
        …
        > 王小明
        …
        > {s_theirs}
        很抱歉，这位办事人目前不能在线预约这一事项。预约规则不允许同一位办事人重复预约，多次预约后没有到场的，一段时间内也不能再预约。为保护个人信息，这里不显示具体情况，请本人致电大厅或回复“人工”核实。您可以回复数字：
        1. 换一位办事人
        2. 换一个事项
        """;

    [Test]
    public async Task Somebody_else_can_be_chosen_and_the_place_is_kept()
    {
        await BookedAsync(Wish(At("09:00", day: 3), 3));
        await PlaysAsync(
            $"""
            {Refused}
            > 9
            没有看懂您的选择，请回复选项前的数字。
            很抱歉，这位办事人目前不能在线预约这一事项。预约规则不允许同一位办事人重复预约，多次预约后没有到场的，一段时间内也不能再预约。为保护个人信息，这里不显示具体情况，请本人致电大厅或回复“人工”核实。您可以回复数字：
            …
            > 返回
            请输入办事人的18位身份证号：
            > {s_theirs}
            …
            > 帮助
            …
            > 继续
            …
            > 1
            已为您保留这个时段5分钟。
            请输入办事人的姓名（为家人预约请回复“家人”）：
            > 李小红
            …
            > {s_another}
            请输入手机号（11位）：
            > 13800138000
            请核对预约信息：
            事项：居住证申领
            地点：市民中心（人民路1号）
            时间：明天(周二)11月24日 09:00-09:30
            …
            > 1
            预约成功！
            …
            """);
    }

    [Test]
    public async Task Another_service_can_be_chosen_for_the_same_person()
    {
        await BookedAsync(Wish(At("09:00", day: 3), 3));
        await PlaysAsync(
            $"""
            {Refused}
            > 2
            请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
            …
            > 身份证
            …
            > 1
            …
            > 明天
            …
            > 1
            请输入手机号（11位）：
            > 13800138000
            请核对预约信息：
            事项：身份证换领
            …
            > 1
            预约成功！
            …
            """);
    }

    [Test]
    public async Task Who_asked_for_too_many_people_can_go_on_with_one_of_them()
    {
        await ExecuteAsync("update booking_rules set people_per_day = 1");
        await Stores.LoadAsync();
        await PlaysAsync(
            $"""
            {ToSlots}
            > 1
            …
            > 王小明
            …
            > {s_theirs}
            请输入手机号（11位）：
            > 返回
            …
            > {s_another}
            今天用这个微信号预约的办事人较多，已经填过的办事人仍可预约，其他办事人请明天再来，或者致电大厅预约。您可以回复数字：
            1. 换一位办事人
            > 1
            …
            > 王小明
            …
            > {s_theirs}
            请输入手机号（11位）：
            """);
    }
}
