using Bot.Data.Postgres;
using Bot.Data.Ratings;
using Bot.Data.Staff;
using Bot.Tests.Data.Postgres;
using NUnit.Framework;

namespace Bot.Tests.Participation;

public sealed class RatingTests : StoreFixture
{
    private static readonly StaffMember s_centre = new(1, "shouli", "陈", [StaffRole.Agent], null);
    private static readonly StaffMember s_second = new(2, "shouli2", "周", [StaffRole.Agent], null);
    private static readonly StaffMember s_officer = new(3, "zhao", "赵", [StaffRole.Officer], "urban");
    private static readonly StaffMember s_stranger = new(4, "sun", "孙", [StaffRole.Officer], "market");

    private static readonly DateOnly s_today = new(2026, 11, 23);
    private static readonly RatingScope s_month = new(s_today.AddDays(-30), s_today, null);

    private PostgresRatings _ratings = null!;

    [SetUp]
    public async Task Fill()
    {
        _ratings = new(One, TimeProvider.System);
        await ExecuteAsync(
            """
            truncate case_file, rating_appeal cascade;
            insert into department (code, name) values ('urban', '市城市管理局'), ('market', '市市场监督管理局') on conflict do nothing;
            insert into case_file (number, run_id, kind, category, state, story, department, filed_at, accept_by, answer_by, rating, rated_at, rating_words, call_back_due)
            select 'TS' || n, gen_random_uuid(), kind, category, 'closed', '内容', department, at, at, at, level, at, words, level <= 2
            from (values (1, 'complaint', 'complaint-other', 'urban', 5, ''), (2, 'complaint', 'complaint-other', 'urban', 1, '没有解决'),
                (3, 'enquiry', 'enquiry-other', 'market', 2, ''), (4, 'report', 'report-other', 'urban', 1, '秘密')) c (n, kind, category, department, level, words), (select timestamptz '2026-11-23 10:00+08' as at) day;
            insert into policy_question (key, asked_at, question, normal, outcome) values (1, '2026-11-23 10:00+08', '居住证', '居住证', 'helped'), (2, '2026-11-23 10:00+08', '公积金', '公积金', 'unhelpful')
            """);
    }

    private async Task<BadRatingRow[]> BadAsync(StaffMember staff, BadRatingView view = BadRatingView.All) =>
        [.. (await _ratings.BadAsync(s_month, view, staff, 1, 20, default)).Rows];

    [Test]
    public async Task One_view_over_everything_for_the_centre_and_the_own_part_for_a_department()
    {
        var all = await _ratings.ReadAsync(RatingGrouping.Department, s_month, s_centre, default);
        Assert.That(all.Groups.Select(f => (f.Key, f.Ratings, f.Bad)), Is.EquivalentTo(new[] { ("市城市管理局", 3, 2), ("市市场监督管理局", 1, 1), ("", 2, 1) }));
        Assert.That(all.Levels.Sum(f => f.Ratings), Is.EqualTo(all.Groups.Sum(f => f.Ratings)), "the same ratings, by level");
        Assert.That(all.Levels.Where(f => f.Key is "1" or "2").Sum(f => f.Ratings), Is.EqualTo(4));
        var own = await _ratings.ReadAsync(RatingGrouping.Service, s_month, s_officer, default);
        Assert.That(own.Groups.Select(f => (f.Key, f.Ratings)), Is.EqualTo(new[] { ("其他投诉", 2) }), "without the report");
        Assert.That((await BadAsync(s_centre)).Select(b => b.Label), Is.EquivalentTo(new[] { "TS2", "TS3" }), "a report's words are not shown here");
        Assert.That((await BadAsync(s_officer)).Select(b => b.Label), Is.EqualTo(new[] { "TS2" }));
    }

    [Test]
    public async Task A_mistaken_rating_is_set_aside_by_a_second_person_once()
    {
        var bad = (await BadAsync(s_officer)).Single();
        Assert.That(await _ratings.AppealAsync(bad.Source, bad.Subject, "选错了", s_stranger, default), Is.False, "not theirs");
        Assert.That(await _ratings.AppealAsync(bad.Source, bad.Subject, "选错了", s_centre, default), Is.True);
        Assert.That(await _ratings.AppealAsync(bad.Source, bad.Subject, "再来", s_officer, default), Is.False);
        var appeal = (await BadAsync(s_centre, BadRatingView.Appealed)).Single().Appeal!;
        Assert.That(await _ratings.DecideAsync(appeal.Id, true, "属实", s_centre, default), Is.False, "who asked does not decide");
        Assert.That(await _ratings.DecideAsync(appeal.Id, true, "电话核实属实", s_second, default), Is.True);
        Assert.That(await _ratings.DecideAsync(appeal.Id, false, "反悔", s_second, default), Is.False);

        Assert.That((await _ratings.ReadAsync(RatingGrouping.Service, s_month, s_officer, default)).Groups.Single() is { Ratings: 1, Bad: 0 }, Is.True);
        Assert.That((await BadAsync(s_officer)).Single().Appeal is { Upheld: true, DecidedBy: "shouli2" }, Is.True, "it stays to be seen");
        Assert.That(await AskAsync<long>("select count(*) from audit_entry where act in ('rating.appeal', 'rating.uphold_appeal')"), Is.GreaterThanOrEqualTo(2));
    }
}
