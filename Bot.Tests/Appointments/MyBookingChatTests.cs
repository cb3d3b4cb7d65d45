using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>What comes after a booking.</summary>
public sealed class MyBookingChatTests : BookingChatFixture
{
    private static readonly string s_booked =
        $"""
        {ToSlots}
        > 1
        …
        {Answers}
        > 1
        预约成功！
        …
        """;

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
    public Task Shows_changes_and_cancels_what_is_mine() => PlaysAsync(
        $"""
        > 我的预约
        您目前没有预约。
        1. 马上预约
        {s_booked}
        > 我的预约
        您的预约如下，回复数字查看详情：
        1. 明天(周二)11月24日 09:00-09:30 居住证申领
        > 1
        预约号：YY20261123-0001-0
        …
        您可以回复数字：
        1. 改期
        2. 取消预约
        > 1
        【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 后天
        …
        > 2
        请核对改期：
        事项：居住证申领
        地点：市民中心
        原时间：明天(周二)11月24日 09:00-09:30
        新时间：后天(周三)11月25日 09:30-10:00
        回复数字确认，回复“返回”修改：
        1. 确认改期
        > 1
        改期成功！预约号不变。
        预约号：YY20261123-0001-0
        …
        > 取消预约
        确定取消这个预约吗？
        后天(周三)11月25日 09:30-10:00 居住证申领
        请回复数字：
        1. 确定取消
        2. 不取消
        > 1
        已取消预约：后天(周三)11月25日 09:30-10:00 居住证申领。
        需要时可以重新预约，回复“预约”。
        > 1
        已取消预约：后天(周三)11月25日 09:30-10:00 居住证申领。
        需要时可以重新预约，回复“预约”。
        """);

    [Test]
    public async Task Anothers_number_a_wrong_one_and_one_too_late_are_refused_in_words()
    {
        var theirs = await BookedAsync(Wish(At("09:30"), 9));
        await PlaysAsync(
            $"""
            > 取消预约 {theirs.Number}
            没有找到这个预约，请核对预约号；也可以回复“我的预约”查看您名下的预约。
            > 取消预约 12345
            没有找到这个预约，请核对预约号；也可以回复“我的预约”查看您名下的预约。
            > 改期 {theirs.Number}
            没有找到这个预约，请核对预约号；也可以回复“我的预约”查看您名下的预约。
            > 查 {theirs.Number}
            没有找到这个预约，请核对预约号；也可以回复“我的预约”查看您名下的预约。
            {s_booked}
            >! now 2026-11-24 07:30
            (later)
            > 改期
            距离开始不到2小时，不能再改期或取消了。如不能到场，请致电大厅或回复“人工”说明。
            > 取消预约
            距离开始不到2小时，不能再改期或取消了。如不能到场，请致电大厅或回复“人工”说明。
            """);
    }

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
    public Task Checks_in_waits_is_called_and_rates_the_visit() => PlaysAsync(
        $"""
        {s_booked}
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
    public Task Numbers_of_a_message_that_came_during_a_form_count_when_the_form_is_over() => PlaysAsync(
        $"""
        {s_booked}
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
    public Task Who_was_told_of_a_closure_by_a_notice_rebooks_by_numbers() => PlaysAsync(
        $"""
        {s_booked}
        >! notices
        (as notices)
        >! close
        【停办通知】很抱歉，您的预约因故不能办理：
        …
        > 1
        明天(周二)11月24日 09:00-09:30 居住证申领
        为您找到以下时段，回复数字即可改约：
        1. 后天(周三)11月25日 09:00-09:30 市民中心
        …
        > 1
        改期成功！预约号不变。
        …
        """);

    [Test]
    public Task A_reminder_that_came_as_a_notice_is_answered_by_number_while_a_form_is_open() => PlaysAsync(
        $"""
        {s_booked}
        >! notices
        (as notices)
        >! now 2026-11-24 06:31
        (later)
        > 预约
        请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
        …
        >! jobs
        【预约提醒】您的预约快到时间了：
        …
        > 1
        好的，已记录您会准时到场。请带齐材料，到大厅后扫码签到或回复“签到”。

        （您的“预约”还没有办完，回复“继续”接着办）
        """);

    [Test]
    public async Task A_closure_told_by_a_notice_says_that_it_is_closed_and_how_to_go_on()
    {
        var booking = await BookedAsync(Wish(At("09:00"), 1));
        var told = Chat.Get<Bot.Handlers.Appointments.BookingMessages>().Displaced(booking, "空调系统突发故障需要停机检修", []);
        Assert.That((told.Template, told.Data["thing3"]), Is.EqualTo(("booking-cancelled", "空调系统突发故障需要停机…，请回复1改约")));
        Assert.That(told.Data["thing3"], Has.Length.LessThanOrEqualTo(20));
    }

    [Test]
    public async Task A_hall_that_is_closed_for_good_leaves_the_choice_of_the_others()
    {
        await PlaysAsync(s_booked);
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

    [Test]
    public async Task Who_is_banned_appeals_from_a_phone_that_booked_for_them_and_another_is_told_nothing()
    {
        await ExecuteAsync(
            $"""
            update booking_rules set no_shows = 1, one_per_service = false
            """);
        var other = new Bot.WeChat.OpenId("oOtherPhone");
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
            这位办事人暂时不能用这个微信号在线预约。如需帮助，请致电大厅，或者回复“人工”。
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

    [Test]
    public async Task Who_comes_after_the_booking_was_marked_a_no_show_is_told_so_and_sent_to_the_desk()
    {
        await PlaysAsync(
            $"""
            {s_booked}
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
    public Task A_closed_day_brings_other_places_and_one_reply_takes_one() => PlaysAsync(
        $"""
        {s_booked}
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
    public Task A_reminder_that_comes_too_late_for_a_change_offers_none_and_says_whom_to_call() => PlaysAsync(
        $"""
        {s_booked}
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

    [Test]
    public async Task A_ban_is_told_when_it_is_made_and_the_appeal_and_its_answer_are_found_again()
    {
        await ExecuteAsync("update booking_rules set no_shows = 1");
        await PlaysAsync(
            $"""
            {s_booked}
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
            (to, at) => Bot.Handlers.Appointments.BookingMessages.AppealAnswer(ban, to, at, true, "已核实住院证明", Clock.GetUtcNow()), default);
        await PlaysAsync(
            """
            > 爽约申诉
            您的爽约申诉已通过，现在可以重新预约。工作人员答复：已核实住院证明
            """);
    }

    [Test]
    public Task A_full_slot_is_waited_for_and_a_freed_place_is_offered() => PlaysAsync(
        $"""
        >! fill 09:00
        (filled)
        {ToSlots}
        > 2
        这个时段已经约满，登记候补后，有空位时按顺序通知您。
        接下来要填写办事人的姓名、身份证号和手机号，只用于核对身份和办事通知，加密保存；继续填写即表示同意。
        请输入办事人的姓名（为家人预约请回复“家人”）：
        > 王小明
        …
        > 110101199001010015
        …
        > 13800138000
        这个时段已约满。请核对候补信息，有人取消时按顺序通知您：
        …
        1. 确认候补
        > 1
        已登记候补，您是第1位。有空位时会按顺序通知您，通知后请在时限内确认。
        > 我的预约
        您的预约如下，回复数字查看详情：
        1. 明天(周二)11月24日 09:00-09:30 居住证申领（候补中）
        >! free 09:00
        【候补通知】您候补的时段有空位了：
        明天(周二)11月24日 09:00-09:30 居住证申领
        地点：市民中心
        请在10分钟内回复数字，过时将顺延给下一位：
        1. 要这个位置
        2. 不要了
        > 1
        预约成功！
        …
        """);

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
        您候补的时段有过空位，我们没有在时限内收到您的回复，名额已顺延给下一位：
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
        {s_booked}
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
