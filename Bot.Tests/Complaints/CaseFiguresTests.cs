using Bot.Data.Cases;
using Bot.Data.Performance;
using Bot.Data.Postgres;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>The public figures, from what really happened to cases.</summary>
public sealed class CaseFiguresTests : CaseFixture
{
    private static readonly DateOnly s_month = new(2026, 11, 1);

    [Test]
    public async Task Figures_come_from_the_tables_by_month_department_and_kind()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        await Cases.FileAsync(Filing(category: "food-safety", kind: CaseKind.Report), default);
        await Cases.FileAsync(Filing(category: "information-request", kind: CaseKind.Disclosure) with { Applicant = "person" }, default);
        Chat.Clock.Advance(TimeSpan.FromDays(2));
        await AnsweredAsync(filed);
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Rate(4, ""), Guid.NewGuid(), default);
        await ExecuteAsync("insert into policy_question (key, asked_at, question, normal, outcome) values (1, @at, '居住证', '居住证', 'picked'), (2, @at, '飞船', '飞船', 'missed')",
            new { at = Chat.Clock.GetUtcNow().UtcDateTime });

        Chat.Clock.Advance(TimeSpan.FromDays(7));
        await ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Values("cases.filed"), Is.EqualTo(new[] { ("", 3.0), ("举报（不分部门）", 1.0), ("受理中心", 1.0), ("市城市管理局", 1.0) }));
            Assert.That(Values("cases.kind"), Is.EquivalentTo(new[] { ("", 3.0), ("投诉", 1.0), ("举报", 1.0), ("依申请公开", 1.0) }));
            Assert.That(Values("cases.in_time"), Is.EqualTo(new[] { ("", 100.0), ("市城市管理局", 100.0) }));
            Assert.That(Values("cases.days_median"), Is.EqualTo(new[] { ("", 2.0), ("市城市管理局", 2.0) }));
            Assert.That(Values("cases.days_p90"), Is.EqualTo(new[] { ("", 2.0), ("市城市管理局", 2.0) }));
            Assert.That(Values("cases.satisfied"), Is.EqualTo(new[] { ("", 100.0), ("市城市管理局", 100.0) }));
            Assert.That(Values("searches.answered"), Is.EqualTo(new[] { ("", 50.0) }));
        });
    }

    [Test]
    public async Task A_bad_rating_belongs_to_whoever_answered_until_an_appeal_is_upheld()
    {
        var filed = await AnsweredAsync(await Cases.FileAsync(Filing(), default));
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Rate(1, "没有修好"), Guid.NewGuid(), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("market", null));
        await DoAsync(filed.Number, Stranger, new CaseAct.Take());
        Assert.That(await AskAsync<string>("select department || ' ' || person from rating where source = 'case'"), Is.EqualTo("urban 赵科员（zhao）"));
        await ReadAsync();
        Assert.That(Values("cases.satisfied"), Is.EqualTo(new[] { ("", 0.0), ("市城市管理局", 0.0) }));

        await ExecuteAsync(
            "insert into rating_appeal (source, subject, asked_by, reason, decided_by, decided_at, upheld, answer) values ('case', @Id, 'zhao', '选错了', 'desk', now(), true, '属实')", new { filed.Id });
        await ReadAsync();
        Assert.That(Values("cases.satisfied"), Is.Empty);
        Assert.That((await FiguresAsync()) is { Rated: 0 }, Is.True);
    }

    [Test]
    public async Task A_missed_deadline_stays_missed_when_the_case_is_opened_again()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        Chat.Clock.Advance(TimeSpan.FromDays(10));
        await AnsweredAsync(filed);
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Reopen("又坏了"), Guid.NewGuid(), default);
        Assert.That((await FiguresAsync()) is { Timely: 0, Late: 1 }, Is.True);
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        await DoAsync(filed.Number, Colleague, new CaseAct.Take());
        await DoAsync(filed.Number, Colleague, new CaseAct.Reply("已重新更换。"));
        Assert.That((await FiguresAsync()) is { Answered: 1, Timely: 0, Late: 1 }, Is.True);
        Chat.Clock.Advance(TimeSpan.FromDays(20));
        await ReadAsync();
        Assert.That(_figures["cases.in_time"].Values.Select(v => (v.Group, v.Value)), Is.EqualTo(new[] { ("", 0.0), ("市城市管理局", 0.0) }));
    }

    [Test]
    public async Task A_notice_that_never_left_was_not_quick()
    {
        await ExecuteAsync(
            """
            truncate notice, notice_recipient, notice_template, notice_template_version cascade;
            insert into notice_template (code, template_id, version) values ('progress', 'T', 1);
            insert into notice_template_version (template, version, title, content) select id, 1, '进度', '{{thing1.DATA}}' from notice_template;
            insert into notice (public_id, origin, template_version, lane, status, made_by, recipients, created_at)
            select 'N' || lpad(n::text, 20, '0'), 'flow', v.id, 'single', 'sending', 'bot', 1, @at from notice_template_version v, generate_series(1, 4) n;
            insert into notice_recipient (notice_id, row_number, openid, data, status, pending, next_attempt_at, sent_at, finished_at)
            select id, 1, 'o', '{}', k.status, k.status = 'queued', @at, k.sent, k.sent
            from notice join (values ('1', 'sent', @at + interval '2 s'), ('2', 'queued', null), ('3', 'refused', null), ('4', 'cancelled', null)) k (n, status, sent) on right(public_id, 1) = k.n
            """, new { at = Chat.Clock.GetUtcNow().UtcDateTime });
        Chat.Clock.Advance(TimeSpan.FromSeconds(20));
        await ReadAsync();
        Assert.That((Values("notices.sent").Single().Item2, Values("notices.within_10s").Single().Item2), Is.EqualTo((1.0, 33.3)), "one of three: the cancelled one was not due");
    }

    [Test]
    public async Task Much_to_count_is_counted_in_pieces_of_which_none_is_missed()
    {
        await Cases.FileAsync(Filing(), default);
        await ExecuteAsync("insert into case_day_noted select date '2020-01-01' + n, 'street-light' from generate_series(1, 120) n");
        await Chat.Get<ICaseFigures>().FoldAsync(default);
        Assert.That(await AskAsync<long>("select count(*) from case_day_noted"), Is.Zero);
        Assert.That((await FiguresAsync()).Filed, Is.EqualTo(1));
    }

    private IReadOnlyDictionary<string, PerformanceSeries> _figures = null!;

    private async Task ReadAsync()
    {
        await using var db = NpgsqlDataSource.Create(ConnectionString);
        _figures = (await new PostgresPerformance(db, Chat.Get<Bot.Data.Calendar.CalendarLibrary>(), Chat.Clock).ReadAsync(new(2026, 10, 1), default)).ToDictionary(f => f.Code);
    }

    private async Task<CaseFigure> FiguresAsync() => (await Chat.Get<ICaseFigures>().ReadAsync(new(2026, 1, 1), new(2026, 12, 31), Centre, default)).By[CaseGrouping.Kind].Single();

    private (string, double)[] Values(string code) => [.. _figures[code].Values.Where(v => v.Month == s_month).Select(v => (v.Group, v.Value))];
}
