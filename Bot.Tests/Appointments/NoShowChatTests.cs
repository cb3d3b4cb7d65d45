using Bot.Handlers.Appointments;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Who did not come: the ban, the appeal and its answer.</summary>
public sealed class NoShowChatTests : BookingChatFixture
{
    [Test]
    public async Task Who_is_banned_appeals_from_a_phone_that_booked_for_them_and_another_is_told_nothing()
    {
        await ExecuteAsync(
            $"""
            update booking_rules set no_shows = 1, one_per_service = false
            """);
        OpenId other = new("oOtherPhone");
        await BookedAsync(new(Guid.NewGuid(), other, "jzz", At("09:00"), new("王小明", "110101199001010015", "13800138000", false)));
        Clock.SetUtcNow(At("09:00").StartsAt.AddHours(2));
        await Stores.Care.MarkMissedAsync(default);
        const string ToNumber =
            """
            > 预约居住证
            …
            > 1
            …
            > 1
            …
            > 1
            …
            > 王小明
            …
            > 110101199001010015
            """;
        await PlaysAsync(
            $"""
            {ToNumber}
            很抱歉，这位办事人目前不能在线预约这一事项。预约规则不允许同一位办事人重复预约，多次预约后没有到场的，一段时间内也不能再预约。为保护个人信息，这里不显示具体情况，请本人致电大厅或回复“人工”核实。您可以回复数字：
            1. 换一位办事人
            2. 换一个事项
            """);
        await ExecuteAsync("update booking set openid = 'oTestCitizen'");
        await PlaysAsync(
            $"""
            {ToNumber}
            因多次预约后没有到场，这位办事人在2027年2月22日前暂不能预约，可以直接到大厅现场取号。
            如有特殊情况，可以申诉，工作人员会尽快答复，请回复数字：
            1. 爽约申诉
            > 爽约申诉
            您名下没有爽约限制，可以正常预约。
            > 1
            请用一句话写明没有到场的原因，例如“当天住院”，工作人员会尽快答复：
            > 当天住院
            您的申诉已收到，工作人员会尽快答复。
            """);
        Assert.That(await AskAsync<string>("select appeal || appeal_openid from booking_ban"), Is.EqualTo("当天住院oTestCitizen"));
    }

    [Test]
    public async Task Who_comes_after_the_booking_was_marked_a_no_show_is_told_so_and_sent_to_the_desk()
    {
        await PlaysAsync(
            $"""
            {Booked}
            >! now 2026-11-24 09:40
            (later)
            """);
        await Stores.Care.MissAsync("YY20261123-0001-0", Clerk, default);
        await PlaysAsync(
            """
            > 签到
            您今天的预约没有按时签到，已记为爽约：今天(周二)11月24日 09:00-09:30 居住证申领。请到市民中心咨询台说明，工作人员核实后可以恢复并为您取号。
            >! scan checkin_center
            您今天的预约没有按时签到，已记为爽约：今天(周二)11月24日 09:00-09:30 居住证申领。请到市民中心咨询台说明，工作人员核实后可以恢复并为您取号。
            1. 现场取号
            > 1
            签到取号成功！
            …
            """);
    }

    [Test]
    public async Task A_ban_is_told_when_it_is_made_and_the_appeal_and_its_answer_are_found_again()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1");
        await PlaysAsync(
            $"""
            {Booked}
            >! now 2026-11-24 10:30
            (later)
            >! jobs
            【爽约提醒】您预约后没有到场：
            今天(周二)11月24日 09:00-09:30 居住证申领
            因多次没有到场，这位办事人在2027年2月22日前暂不能预约，仍可直接到大厅现场取号。
            如有特殊情况，可以申诉，请回复数字：
            1. 爽约申诉
            > 1
            请用一句话写明没有到场的原因，例如“当天住院”，工作人员会尽快答复：
            > 当天住院
            您的申诉已收到，工作人员会尽快答复。
            > 爽约申诉
            您的申诉已收到，工作人员正在处理，会尽快答复。
            1. 补充说明
            > 我的预约
            您的预约如下，回复数字查看详情：
            1. 爽约限制至2027年2月22日，申诉或查看答复
            """);
        var ban = (await Stores.Care.BansAsync(default)).Single();
        await Stores.Care.AnswerAsync(ban.Id, true, "已核实住院证明", Clerk,
            (to, at) => BanMessages.AppealAnswer(ban, to, at, true, "已核实住院证明", Clock.GetUtcNow()), default);
        await PlaysAsync(
            """
            > 爽约申诉
            您的爽约申诉已通过，现在可以重新预约。工作人员答复：已核实住院证明
            """);
    }
}
