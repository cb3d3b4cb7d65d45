using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat;
using Bot.WeChat.Api;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What follows from each answer of the platform.</summary>
public sealed class VerdictTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 20, 30, 10, TimeSpan.FromHours(8));

    [Test]
    public void An_accepted_notice_is_sent() =>
        Assert.That(NoticeVerdict.Of(Notice(), 7, s_now).Result, Is.EqualTo(new SendResult.Sent(7, s_now) { NoticeId = 1, Row = 2, Lease = 3 }));

    [TestCase(43004, RecipientStatus.Failed, "用户未关注公众号")]
    [TestCase(43019, RecipientStatus.Failed, "用户在公众号黑名单中")]
    [TestCase(40003, RecipientStatus.Failed, "用户标识无效，可能未关注或不属于本公众号")]
    [TestCase(43101, RecipientStatus.Refused, "用户未订阅、订阅次数已用完或拒收")]
    [TestCase(48002, RecipientStatus.Refused, "用户关闭了消息接收")]
    [TestCase(40165, RecipientStatus.Failed, "小程序页面路径有误")]
    public void A_recipient_who_cannot_be_reached_is_dropped_with_words_for_a_clerk(int code, RecipientStatus status, string words)
    {
        var verdict = Of(code);

        Assert.That(verdict, Is.EqualTo(new NoticeVerdict(new SendResult.Ended(status, code, words) { NoticeId = 1, Row = 2, Lease = 3 })));
    }

    [Test]
    public void A_refused_value_names_its_field() =>
        Assert.That(
            ((SendResult.Ended)Of(47003, "argument invalid! data.thing1.value invalid rid: 1-2-3").Result).Words, Is.EqualTo("模板字段的值不合规（thing1）"));

    [TestCase("data.thing1.value invalid", "居住证 办理", TestName = "the field that is named")]
    [TestCase("invalid rid: 1-2-3", "居住证 办理", TestName = "none is named")]
    [TestCase("data.phrase2.value invalid", null, TestName = "the one that is named cannot be mended")]
    [TestCase("data.thing9.value is empty", null, TestName = "one that the notice does not have")]
    public void A_refused_value_is_made_to_fit_where_that_helps(string words, string? mended)
    {
        TemplateMessage message = new(new("o-1"), "TEMPLATE", new Dictionary<string, string> { ["thing1"] = "居住证\n办理😀", ["phrase2"] = "审核没有通过" }) { ClientMsgId = "Nx-2" };

        var again = RefusedValue.Mend(message, ApiError.Answered(47003, $"argument invalid! {words}"));

        Assert.That((again?.Data["thing1"], again?.Data["phrase2"]), Is.EqualTo((mended, mended is null ? null : "审核没有通过")));
        Assert.That(again?.ClientMsgId, Is.EqualTo(mended is null ? null : "Nx-2"));
        Assert.That(RefusedValue.Mend(message, ApiError.Answered(43004, words)), Is.Null);
    }

    [Test]
    public void A_value_that_everybody_is_refused_for_stops_its_notice_and_no_single_one()
    {
        var error = ApiError.Answered(47003, "argument invalid! data.enum1.value invalid");
        var many = Notice() with { Single = false };

        Assert.That(NoticeVerdict.Of(many, error, s_now, refused: 19).Result, Is.InstanceOf<SendResult.Ended>());
        var stopped = NoticeVerdict.Of(many, error, s_now, refused: 20);
        Assert.That(stopped.Result, Is.InstanceOf<SendResult.Again>().With.Property("Counts").False);
        Assert.That(stopped.Pause, Does.Contain("模板字段的值不合规（enum1）（47003）"));
        Assert.That(NoticeVerdict.Of(Notice() with { Single = true }, error, s_now, refused: 20).Pause, Is.Null);
    }

    [Test]
    public void A_used_up_day_closes_the_account_till_midnight_in_Beijing()
    {
        var verdict = Of(45009);

        var midnight = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(8));
        Assert.That(verdict.Gate, Is.EqualTo(new ClosedGate(midnight, 45009, "接口当日调用次数已用完")));
        Assert.That(verdict.Result, Is.InstanceOf<SendResult.Again>().With.Property("At").EqualTo(midnight).And.Property("Counts").False);
    }

    [Test]
    public void Too_many_a_minute_closes_it_till_the_next_minute() =>
        Assert.That(Of(45011).Gate!.Until, Is.EqualTo(s_now.AddSeconds(50)));

    [TestCase(48001)]
    [TestCase(40164)]
    [TestCase(40125)]
    public void What_is_wrong_with_the_account_holds_up_all(int code)
    {
        var verdict = Of(code);

        Assert.That((verdict.Pause, verdict.Gate is not null, verdict.IsTemplateGone), Is.EqualTo(((string?)null, true, false)));
        Assert.That(verdict.Result, Is.InstanceOf<SendResult.Again>().With.Property("Counts").False);
    }

    [TestCase(40037, true, "请在“通知模板”同步")]
    [TestCase(87014, false, "请核对文字和网页")]
    public void What_is_wrong_with_a_template_or_text_ends_a_single_notice_and_stops_one_of_many(int code, bool isGone, string todo)
    {
        var (single, many) = (Of(code), NoticeVerdict.Of(Notice() with { Single = false }, ApiError.Answered(code, ""), s_now));

        Assert.That(single.Result, Is.InstanceOf<SendResult.Ended>().With.Property("Status").EqualTo(RecipientStatus.Failed).And.Property("Code").EqualTo(code));
        Assert.That(many.Result, Is.InstanceOf<SendResult.Again>().With.Property("Counts").False);
        Assert.That((single.Pause, single.IsTemplateGone, many.IsTemplateGone), Is.EqualTo(((string?)null, isGone, isGone)));
        Assert.That(many.Pause, Does.Contain($"（{code}）").And.Contain(todo));
        Assert.That((single.Gate, many.Gate), Is.EqualTo(((ClosedGate?)null, (ClosedGate?)null)));
    }

    [TestCase(1, 4, 6)]
    [TestCase(3, 16, 24)]
    [TestCase(30, 480, 720)]
    public void A_platform_out_of_reach_is_tried_again_later_and_later(int attempt, double least, double most)
    {
        var again = (SendResult.Again)NoticeVerdict.Of(Notice() with { Attempt = attempt }, ApiError.NotSent("no route"), s_now).Result;

        Assert.That((again.At - s_now).TotalSeconds, Is.InRange(least, most));
        Assert.That(again.Counts, Is.True);
    }

    [Test]
    public void It_is_not_tried_for_ever() => Assert.That(
        NoticeVerdict.Of(Notice() with { Attempt = 60 }, ApiError.NotSent("no route"), s_now).Result,
        Is.InstanceOf<SendResult.Ended>().With.Property("Words").EqualTo("多次重试仍未成功：未能连接微信服务器，消息没有发出"));

    [Test]
    public void A_busy_platform_may_have_sent_it_and_is_asked_again_only_while_it_drops_doubles()
    {
        var again = (SendResult.Unclear)Of(-1).Result;
        Assert.That((again.At!.Value - s_now).TotalSeconds, Is.InRange(8, 12));
        Assert.That((again.Code, again.Words), Is.EqualTo((-1, "微信系统繁忙")));

        var late = Notice() with { UncertainSince = s_now - NoticeLimits.RepeatWithin };
        Assert.That(((SendResult.Unclear)NoticeVerdict.Of(late, ApiError.Answered(-1, ""), s_now).Result).At, Is.Null);
    }

    [Test]
    public void A_request_that_never_left_is_repeated() =>
        Assert.That(NoticeVerdict.Of(Notice(), ApiError.NotSent("no route"), s_now).Result, Is.InstanceOf<SendResult.Again>());

    [Test]
    public void An_answer_that_got_lost_is_repeated_only_while_the_platform_drops_doubles()
    {
        var lost = ApiError.OutcomeUnknown("timed out");

        Assert.That(((SendResult.Unclear)NoticeVerdict.Of(Notice(), lost, s_now).Result).At, Is.GreaterThan(s_now));
        var old = Notice() with { UncertainSince = s_now - NoticeLimits.RepeatWithin + TimeSpan.FromSeconds(5) };
        Assert.That(((SendResult.Unclear)NoticeVerdict.Of(old, lost, s_now).Result).At, Is.Null);
        Assert.That(NoticeVerdict.IsTooLate(old, s_now), Is.False);
        Assert.That(NoticeVerdict.IsTooLate(old, s_now.AddSeconds(5)), Is.True);
    }

    [TestCase("test-delivered", RecipientStatus.Delivered)]
    [TestCase("anybody", RecipientStatus.Delivered)]
    [TestCase("test-refused", RecipientStatus.Refused)]
    [TestCase("test-failed", RecipientStatus.Failed)]
    [TestCase("test-not-following", RecipientStatus.Failed)]
    public void A_test_keys_recipient_ends_as_its_name_says(string openId, RecipientStatus status) =>
        Assert.That(((SendResult.Ended)NoticeVerdict.Pretend(Notice() with { To = new(openId) }).Result).Status, Is.EqualTo(status));

    [TestCase("21:00-08:00", "20:59", false)]
    [TestCase("21:00-08:00", "21:00", true)]
    [TestCase("21:00-08:00", "03:00", true)]
    [TestCase("21:00-08:00", "08:00", false)]
    [TestCase("12:00-14:00", "13:00", true)]
    [TestCase("12:00-14:00", "03:00", false)]
    [TestCase("", "03:00", false)]
    public void Quiet_hours_are_Beijings(string setting, string time, bool quiet)
    {
        Assert.That(QuietHours.TryParse(setting, out var hours));
        var at = new DateTimeOffset(new DateOnly(2026, 11, 23), TimeOnly.Parse(time, null), TimeSpan.FromHours(8)).ToUniversalTime();
        Assert.That(hours!.IsQuiet(at), Is.EqualTo(quiet));
    }

    [TestCase("21-8")]
    [TestCase("21:00")]
    [TestCase("21:00-21:00")]
    [TestCase("25:00-08:00")]
    public void Quiet_hours_that_make_no_sense_are_not_taken(string setting) => Assert.That(QuietHours.TryParse(setting, out _), Is.False);

    [Test]
    public async Task The_platforms_events_become_outcomes_in_words()
    {
        var events = new HeardEvents();
        var handler = new NoticeResults(events, new(), Microsoft.Extensions.Logging.Abstractions.NullLogger<NoticeResults>.Instance);

        foreach (var (job, outcome, reason) in (IEnumerable<(string, TemplateOutcome, string?)>)
        [
            ("200163836", TemplateOutcome.Delivered, null), ("2", TemplateOutcome.RefusedByUser, "user block"),
            ("3", TemplateOutcome.Failed, "system failed"), ("4", TemplateOutcome.Failed, "something new"), ("no number", TemplateOutcome.Delivered, null),
        ])
        {
            var answer = await handler.HandleAsync(
                new(new TemplateSentEvent
                {
                    Account = "gh", From = new("o-1"), CreateTime = 1, Name = "TEMPLATESENDJOBFINISH", JobId = job, Outcome = outcome, Reason = reason,
                }, ""), default);
            Assert.That(answer.Reply, Is.TypeOf<Reply.Nothing>());
        }

        Assert.That(events.Heard, Is.EqualTo(
        [
            new NoticeEvent(200163836, new("o-1"), RecipientStatus.Delivered, null), new NoticeEvent(2, new("o-1"), RecipientStatus.Refused, "用户拒收"),
            new NoticeEvent(3, new("o-1"), RecipientStatus.Failed, "微信系统发送失败"), new NoticeEvent(4, new("o-1"), RecipientStatus.Failed, "微信发送失败：something new"),
        ]));
    }

    private static NoticeVerdict Of(int code, string message = "") =>
        NoticeVerdict.Of(Notice(), ApiError.Answered(code, message), s_now);

    private static ClaimedNotice Notice() => new(
        new(1, "Nx", "TEMPLATE", "", Simulated: false, s_now), 2, 3, new("o-1"), new Dictionary<string, string>(), Single: true, s_now, null, 1, null);
}
