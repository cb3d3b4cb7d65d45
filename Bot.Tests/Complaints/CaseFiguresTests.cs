using Bot.Data.Cases;
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

        await using var db = NpgsqlDataSource.Create(ConnectionString);
        Chat.Clock.Advance(TimeSpan.FromDays(7));
        var figures = (await new PostgresPerformance(db, Chat.Get<Bot.Data.Calendar.CalendarLibrary>(), Chat.Clock).ReadAsync(new(2026, 10, 1), default)).ToDictionary(f => f.Code);
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

        (string, double)[] Values(string code) => [.. figures[code].Values.Where(v => v.Month == s_month).Select(v => (v.Group, v.Value))];
    }
}
