using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Data.Staff;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>The life of a case, decided without a database.</summary>
public sealed class CaseRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly StaffMember s_centre = new(1, "desk", "受理员小陈", [StaffRole.Agent], null);
    private static readonly StaffMember s_officer = new(2, "zhao", "赵科员", [StaffRole.Officer], "urban");
    private static readonly StaffMember s_colleague = new(3, "qian", "钱科员", [StaffRole.Officer], "urban");
    private static readonly StaffMember s_stranger = new(4, "sun", "孙科员", [StaffRole.Officer], "market");

    private static readonly CaseFile s_filed = new()
    {
        Id = 7, Number = "TS20261123-0001-1", Category = "street-light", Story = "路灯不亮", Kind = CaseKind.Complaint, FiledAt = s_now,
        AcceptBy = s_now.AddDays(1), AnswerBy = s_now.AddDays(17),
    };

    private static CaseSetting Setting(bool approval = false, DateTimeOffset? at = null) => new(
        new CaseCategory { Code = "street-light", Kind = CaseKind.Complaint, Name = "路灯照明", Department = "urban", NeedsApproval = approval },
        WorkingCalendar.Statutory, new(), at ?? s_now);

    private static CaseFile Do(CaseFile file, StaffMember? by, CaseAct act, CaseSetting? setting = null) =>
        CaseRules.Apply(file, by, act, setting ?? Setting()) switch
        {
            CaseOutcome.Changed changed => changed.After,
            CaseOutcome.Refused refused => throw new AssertionException($"{act.Name} was refused: {refused.Why}"),
            _ => throw new AssertionException("?"),
        };

    private static CaseRefusal? Why(CaseFile file, StaffMember? by, CaseAct act, CaseSetting? setting = null) =>
        (CaseRules.Apply(file, by, act, setting ?? Setting()) as CaseOutcome.Refused)?.Why;

    private static CaseFile Handled() => Do(Do(Do(s_filed, s_centre, new CaseAct.Accept()), s_centre, new CaseAct.Dispatch("urban", null)), s_officer, new CaseAct.Take());

    private static CaseFile Answered() => Do(Handled(), s_officer, new CaseAct.Reply("已修好。"));

    [Test]
    public void Goes_from_filed_to_closed_on_the_plain_way()
    {
        var accepted = Do(s_filed, s_centre, new CaseAct.Accept());
        Assert.That((accepted.State, accepted.AcceptedAt), Is.EqualTo((CaseState.Accepted, (DateTimeOffset?)s_now)));
        var dispatched = Do(accepted, s_centre, new CaseAct.Dispatch("urban", null));
        Assert.That((dispatched.State, dispatched.Department, dispatched.Dispatches), Is.EqualTo((CaseState.Dispatched, "urban", 1)));
        var handled = Do(dispatched, s_officer, new CaseAct.Take());
        Assert.That((handled.State, handled.Assignee), Is.EqualTo((CaseState.Handling, "zhao")));
        var answered = Do(handled, s_officer, new CaseAct.Reply("已修好。"));
        Assert.That((answered.State, answered.Reply), Is.EqualTo((CaseState.Rating, "已修好。")));
        var rated = Do(answered, null, new CaseAct.Rate(5, "很快"));
        Assert.That((rated.State, rated.Rating, rated.ClosedAt), Is.EqualTo((CaseState.Closed, (int?)5, (DateTimeOffset?)s_now)));
    }

    [Test]
    public void Every_act_is_refused_in_every_state_that_it_does_not_name()
    {
        CaseAct[] acts =
        [
            new CaseAct.Accept(), new CaseAct.Refuse("x"), new CaseAct.Dispatch("urban", null), new CaseAct.Return("x"), new CaseAct.Take(),
            new CaseAct.Assign(s_colleague), new CaseAct.Ask("x"), new CaseAct.Reply("x"), new CaseAct.ApproveReply(), new CaseAct.RejectReply("x"),
            new CaseAct.AskExtension(3, "x"), new CaseAct.GrantExtension(), new CaseAct.DenyExtension("x"), new CaseAct.Merge(9, "TS"),
            new CaseAct.Redact("x", "x", "x"), new CaseAct.Publish(), new CaseAct.Concern("market"),
        ];
        foreach (var state in Enum.GetValues<CaseState>())
        {
            foreach (var act in acts.Where(a => !CaseRules.From(a).Contains(state)))
                Assert.That(Why(s_filed with { State = state, MergedInto = state is CaseState.Merged ? 1 : null }, s_centre, act), Is.EqualTo(CaseRefusal.WrongState), $"{act.Name} in {state}");
        }
    }

    [Test]
    public void A_department_sees_only_what_it_was_given_and_does_only_what_is_its_own()
    {
        Assert.That(Why(s_filed, s_officer, new CaseAct.Note("x")), Is.EqualTo(CaseRefusal.NotFound));
        Assert.That(Why(Handled(), s_stranger, new CaseAct.Note("x")), Is.EqualTo(CaseRefusal.NotFound));
        Assert.That(Why(Do(Do(s_filed, s_centre, new CaseAct.Accept()), s_centre, new CaseAct.Dispatch("urban", null)), s_officer, new CaseAct.Merge(9, "TS")), Is.EqualTo(CaseRefusal.NotYours));
        Assert.That(Why(Handled(), s_centre, new CaseAct.Reply("x")), Is.EqualTo(CaseRefusal.NotYours));
        Assert.That(Why(Handled(), s_officer, new CaseAct.Reply("")), Is.EqualTo(CaseRefusal.Words));
    }

    [Test]
    public void After_three_dispatches_the_centre_decides_for_good()
    {
        var file = Do(s_filed, s_centre, new CaseAct.Accept());
        for (var i = 0; i < 3; i++)
        {
            file = Do(file, s_centre, new CaseAct.Dispatch("urban", null));
            file = Do(file, s_officer, new CaseAct.Return("不属于本单位"));
            Assert.That((file.State, file.Department), Is.EqualTo((CaseState.Accepted, (string?)null)));
        }

        file = Do(file, s_centre, new CaseAct.Dispatch("urban", null));
        Assert.That(Why(file, s_officer, new CaseAct.Return("还是不属于")), Is.EqualTo(CaseRefusal.ReturnedTooOften));
    }

    [Test]
    public void An_answer_that_needs_it_goes_out_only_after_a_second_person_read_it()
    {
        var pending = Do(Handled(), s_officer, new CaseAct.Reply("工资已补发。"), Setting(approval: true));
        Assert.That((pending.State, pending.Reply, pending.ReplyPending), Is.EqualTo((CaseState.Handling, (string?)null, "工资已补发。")));
        Assert.That(Why(pending, s_officer, new CaseAct.ApproveReply(), Setting(approval: true)), Is.EqualTo(CaseRefusal.SamePerson));
        Assert.That(Do(pending, s_colleague, new CaseAct.RejectReply("写明日期"), Setting(approval: true)).ReplyPending, Is.Null);
        Assert.That(Do(pending, s_colleague, new CaseAct.ApproveReply(), Setting(approval: true)).Reply, Is.EqualTo("工资已补发。"));
    }

    [Test]
    public void A_bad_rating_calls_for_a_call_and_another_officer()
    {
        var again = Do(Answered(), null, new CaseAct.Rate(1, "没修好"));
        Assert.That((again.State, again.CallBackDue, again.Reopened, again.Department), Is.EqualTo((CaseState.Accepted, true, 1, (string?)null)));
        var dispatched = Do(again, s_centre, new CaseAct.Dispatch("urban", null));
        Assert.That(Why(dispatched, s_officer, new CaseAct.Take()), Is.EqualTo(CaseRefusal.SameOfficer));
        Assert.That(Why(again, s_centre, new CaseAct.Dispatch("urban", s_officer)), Is.EqualTo(CaseRefusal.SameOfficer));
        Assert.That(Do(again, s_centre, new CaseAct.Call(false, "无人接听")).CallBackDue, Is.True);
        Assert.That(Do(again, s_centre, new CaseAct.Call(true, "已致歉")).CallBackDue, Is.False);

        var second = Do(Do(dispatched, s_colleague, new CaseAct.Take()), s_colleague, new CaseAct.Reply("换了灯头。"));
        Assert.That(second.State, Is.EqualTo(CaseState.Answered), "a rating is asked for once");
        Assert.That(Why(second, null, new CaseAct.Rate(5, "")), Is.EqualTo(CaseRefusal.Once));
    }

    [Test]
    public void A_citizen_reopens_within_fifteen_days_and_no_later()
    {
        var closed = Do(Answered(), null, new CaseAct.Rate(4, ""));
        Assert.That(Do(closed, null, new CaseAct.Reopen("又坏了"), Setting(at: s_now.AddDays(15))).State, Is.EqualTo(CaseState.Accepted));
        Assert.That(Why(closed, null, new CaseAct.Reopen("又坏了"), Setting(at: s_now.AddDays(15).AddSeconds(1))), Is.EqualTo(CaseRefusal.TooLate));
    }

    [Test]
    public void The_clock_stands_still_while_we_wait_for_the_citizen()
    {
        var asked = Do(Handled(), s_officer, new CaseAct.Ask("请补充地点"));
        Assert.That(asked.PausedAt, Is.EqualTo(s_now));
        Assert.That(CaseLife.NextTick(asked, Setting()), Is.Null);
        var later = Setting(at: s_now.AddDays(7));
        var added = Do(asked, null, new CaseAct.Add("人民路12号"), later);
        Assert.That((added.PausedAt, added.AnswerBy > asked.AnswerBy), Is.EqualTo(((DateTimeOffset?)null, true)));
    }

    [Test]
    public void Time_warns_then_tells_of_the_breach_then_closes()
    {
        var handled = Handled();
        var warn = CaseLife.NextTick(handled, Setting())!.Value;
        Assert.That(warn, Is.LessThan(handled.AnswerBy));
        Assert.That(Why(handled, null, new CaseAct.Tick()), Is.EqualTo(CaseRefusal.WrongState), "nothing is due");
        var warned = Do(handled, null, new CaseAct.Tick(), Setting(at: warn));
        Assert.That(warned.Escalation, Is.EqualTo(1));
        Assert.That(CaseLife.NextTick(warned, Setting()), Is.EqualTo(handled.AnswerBy));
        var overdue = Do(warned, null, new CaseAct.Tick(), Setting(at: handled.AnswerBy));
        Assert.That((overdue.Escalation, CaseLife.NextTick(overdue, Setting())), Is.EqualTo((2, (DateTimeOffset?)null)));
        var answered = Answered();
        Assert.That(Do(answered, null, new CaseAct.Tick(), Setting(at: s_now.AddDays(7))).State, Is.EqualTo(CaseState.Closed));
    }

    [Test]
    public void An_extension_is_asked_for_once_and_granted_by_the_centre()
    {
        var asked = Do(Handled(), s_officer, new CaseAct.AskExtension(5, "需要检测"));
        Assert.That(Why(asked, s_officer, new CaseAct.GrantExtension()), Is.EqualTo(CaseRefusal.NotYours));
        var granted = Do(asked, s_centre, new CaseAct.GrantExtension());
        Assert.That(granted.AnswerBy, Is.GreaterThan(asked.AnswerBy));
        Assert.That(Why(granted, s_officer, new CaseAct.AskExtension(5, "再延")), Is.EqualTo(CaseRefusal.Once));
    }

    [Test]
    public void A_report_is_seen_by_its_assignee_alone_and_never_by_whom_it_is_about()
    {
        var report = s_filed with { Kind = CaseKind.Report };
        Assert.That(CaseRules.Sees(s_centre, report), Is.True, "somebody takes it in");
        var accepted = Do(Do(report, s_centre, new CaseAct.Concern("market")), s_centre, new CaseAct.Accept());
        Assert.That(Why(accepted, s_centre, new CaseAct.Dispatch("urban", null)), Is.EqualTo(CaseRefusal.ReportNeedsPerson));
        Assert.That(Why(accepted, s_centre, new CaseAct.Dispatch("market", s_stranger)), Is.EqualTo(CaseRefusal.ReportNeedsPerson));
        var given = Do(accepted, s_centre, new CaseAct.Dispatch("urban", s_officer));
        Assert.That((CaseRules.Sees(s_officer, given), CaseRules.Sees(s_colleague, given), CaseRules.Sees(s_centre, given), CaseRules.Sees(s_stranger, given)),
            Is.EqualTo((true, false, false, false)));
        Assert.That(Why(Do(Do(given, s_officer, new CaseAct.Take()), s_officer, new CaseAct.Reply("已查处。")), s_officer, new CaseAct.Redact("a", "b", "c")), Is.Not.Null);
    }

    [Test]
    public void The_name_behind_an_anonymous_case_is_hidden_from_the_department()
    {
        var anonymous = Handled() with { Anonymous = true, HasContact = true };
        Assert.That((CaseRules.SeesContact(s_officer, anonymous), CaseRules.SeesContact(s_centre, anonymous)), Is.EqualTo((false, true)));
        Assert.That(CaseRules.SeesContact(s_officer, anonymous with { Anonymous = false }), Is.True);
    }

    [Test]
    public void What_becomes_public_was_redacted_by_one_and_approved_by_another()
    {
        var closed = Do(Answered() with { Publicity = CasePublicity.Wish }, null, new CaseAct.Rate(5, ""));
        var other = s_centre with { Id = 9, Name = "other" };
        Assert.That(Why(closed, s_centre, new CaseAct.Publish()), Is.EqualTo(CaseRefusal.WrongState));
        var ready = Do(closed, s_centre, new CaseAct.Redact("路灯不亮", "某路口路灯不亮", "已修好"));
        Assert.That(Why(ready, s_centre, new CaseAct.Publish()), Is.EqualTo(CaseRefusal.SamePerson));
        Assert.That(Do(ready, other, new CaseAct.Publish()).Publicity, Is.EqualTo(CasePublicity.Public));
        Assert.That(Why(closed with { Publicity = CasePublicity.No }, s_centre, new CaseAct.Redact("a", "b", "c")), Is.EqualTo(CaseRefusal.WrongState), "the citizen did not agree");
    }
}
