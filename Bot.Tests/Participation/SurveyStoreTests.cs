using System.Text;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Tests.Data.Postgres;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Participation;

/// <summary>Answers on a real PostgreSQL, from two hosts.</summary>
public sealed class SurveyStoreTests : StoreFixture
{
    private static readonly StaffMember s_editor = new(1, "bianji", "周婷", [StaffRole.Editor], null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)));

    private ISurveys _one = null!;
    private ISurveys _other = null!;
    private PostgresSurveyDesk _desk = null!;

    [SetUp]
    public async Task EmptySurveys()
    {
        await ExecuteAsync("truncate survey, survey_version, survey_participation, survey_ballot, survey_answer, survey_tally");
        (_one, _other) = (new PostgresSurveys(One, Ciphers(One), _clock), new PostgresSurveys(Other, Ciphers(Other), _clock));
        _desk = new(One, Ciphers(One), _clock);
    }

    private static IFieldCiphers Ciphers(NpgsqlDataSource db) => new PostgresFieldCiphers(db, MasterKeys.None, CipherSuite.Aes, TimeProvider.System);

    private async Task<long> PublishedAsync(bool anonymous = true, bool editable = false, int? quota = null)
    {
        var now = _clock.GetUtcNow();
        var id = ((SurveySaved.Saved)await _desk.SaveAsync(
            new(0, "大厅调查", "", null, anonymous, editable, SurveyAudience.All, now.AddDays(-1), now.AddDays(1), quota, 0, null, null, "", 0), s_editor, default)).Id;
        await _desk.SaveQuestionsAsync(id, 1, SurveyConversationTests.Questions, s_editor, default);
        Assert.That(await _desk.PublishAsync(id, 2, s_editor, default), Is.InstanceOf<SurveySaved.Saved>());
        return id;
    }

    private static SurveyReplies Replies(long first, string? words = null) => new([first, 0, 3, 0, 0], [null, null, null, 40 + first, null], [null, null, null, null, words]);

    private static SurveySubmission From(int citizen, long survey, string? words = null, int version = 1) =>
        new(survey, version, new OpenId($"o{citizen}"), Guid.NewGuid(), Replies(1L << citizen % 2, words));

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_double_answer_on_two_hosts_counts_once(bool anonymous)
    {
        var survey = await PublishedAsync(anonymous);
        // Ten citizens, each of whom answers six times at the same moment.
        var results = await AtOnce.RunAsync(60, i => (i % 2 == 0 ? _one : _other).SubmitAsync(From(i / 6, survey), default));
        Assert.That(results.Count(r => r is SurveySubmitted.Counted), Is.EqualTo(10));
        Assert.That(results.Count(r => r is SurveySubmitted.AlreadyAnswered), Is.EqualTo(50));
        await _one.EndAsync(survey, default);
        Assert.That((await TallyAsync(survey)).Answers, Is.EqualTo(10));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_repeated_delivery_hears_the_same_and_takes_one_place(bool anonymous)
    {
        var survey = await PublishedAsync(anonymous, quota: 8);
        var submission = From(1, survey);
        for (var i = 0; i < 3; i++)
            Assert.That(await _one.SubmitAsync(submission, default), Is.EqualTo(SurveySubmitted.Counted));
        Assert.That(await AskAsync<int>("select taken from survey"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_a_newer_release_asks_in_its_own_way_is_left_to_it()
    {
        var (ours, theirs) = (await PublishedAsync(), await PublishedAsync());
        await ExecuteAsync(
            """
            set session_replication_role = replica;
            update survey_version set questions = replace(questions::text, '"single"', '"matrix"')::json where survey = @theirs;
            set session_replication_role = default
            """, new { theirs });
        Assert.That((await _one.PublishedAsync(default)).Select(s => s.Survey.Id), Is.EqualTo(new[] { ours }));
        Assert.That(await _one.FindAsync(theirs, default), Is.Null);
    }

    [Test]
    public async Task The_quota_is_never_exceeded()
    {
        var survey = await PublishedAsync(quota: 7);
        var results = await AtOnce.RunAsync(30, i => (i % 2 == 0 ? _one : _other).SubmitAsync(From(i, survey), default));
        Assert.That(results.Count(r => r is SurveySubmitted.Counted), Is.EqualTo(7));
        Assert.That(results.Count(r => r is SurveySubmitted.Full), Is.EqualTo(23));
        Assert.That((await _one.StandingAsync(survey, new OpenId("new"), default)).Full, Is.True);
    }

    [Test]
    public async Task A_quota_that_comes_later_counts_who_has_answered_and_is_not_below_them()
    {
        var survey = await PublishedAsync();
        for (var i = 0; i < 6; i++)
            await _one.SubmitAsync(From(i, survey), default);
        Assert.That(await SavedAsync(survey, s => s with { Quota = 5 }), Is.InstanceOf<SurveySaved.QuotaTaken>());
        Assert.That(await SavedAsync(survey, s => s with { Quota = 7 }), Is.InstanceOf<SurveySaved.Saved>());
        Assert.That(await _one.SubmitAsync(From(6, survey), default), Is.EqualTo(SurveySubmitted.Counted));
        Assert.That(await _one.SubmitAsync(From(7, survey), default), Is.EqualTo(SurveySubmitted.Full));
    }

    [Test]
    public async Task What_was_promised_when_it_was_published_is_kept_by_the_database()
    {
        var survey = await PublishedAsync(anonymous: false, editable: true);
        Assert.That(async () => await SavedAsync(survey, s => s with { Editable = false }), Throws.InstanceOf<PostgresException>());
        Assert.That(async () => await SavedAsync(survey, s => s with { ClosesAt = s.ClosesAt.AddMinutes(-1) }), Throws.InstanceOf<PostgresException>());
        Assert.That(await SavedAsync(survey, s => s with { ClosesAt = s.ClosesAt.AddDays(1) }), Is.InstanceOf<SurveySaved.Saved>());
    }

    [Test]
    public async Task A_keyword_is_remembered_for_a_while_after_the_end_behind_the_survey_that_has_it_now()
    {
        var old = await PublishedAsync();
        await SavedAsync(old, s => s with { Keyword = "大厅问卷" });
        await _desk.EndAsync(old, s_editor, default);
        var nameless = await PublishedAsync();
        await _desk.EndAsync(nameless, s_editor, default);
        Assert.That((await _one.PublishedAsync(default)).Select(s => s.Survey.Id), Is.EqualTo(new[] { old }));
        var now = await PublishedAsync();
        await SavedAsync(now, s => s with { Keyword = "大厅问卷" });
        Assert.That((await _one.PublishedAsync(default)).Select(s => s.Survey.Id), Is.EqualTo(new[] { now, old }));
        _clock.Advance(TimeSpan.FromDays(91));
        Assert.That((await _one.PublishedAsync(default)).Select(s => s.Survey.Id), Is.EqualTo(new[] { now }));
    }

    [Test]
    public async Task Closed_surveys_with_public_results_are_listed()
    {
        var (told, open, untold) = (await PublishedAsync(), await PublishedAsync(), await PublishedAsync());
        await _desk.ShowResultsAsync(told, true, s_editor, default);
        await _desk.ShowResultsAsync(open, true, s_editor, default);
        await _desk.EndAsync(told, s_editor, default);
        await _desk.EndAsync(untold, s_editor, default);
        Assert.That((await _one.ToldAsync(default)).Select(t => t.Id), Is.EqualTo(new[] { told }));
    }

    private async Task<SurveySaved> SavedAsync(long survey, Func<Survey, Survey> change) =>
        await _desk.SaveAsync(change((await _desk.FindAsync(survey, default))!.Survey), s_editor, default);

    [Test]
    public async Task An_anonymous_answer_cannot_be_joined_to_the_citizen()
    {
        var survey = await PublishedAsync();
        for (var i = 0; i < 4; i++)
            await _one.SubmitAsync(From(i, survey, $"只有我这样写{i}"), default);

        // Until there are five, what was answered lies sealed.
        var sealedAnswers = await RowsAsync<byte[]>("select sealed from survey_ballot");
        Assert.That(sealedAnswers, Has.Count.EqualTo(4));
        Assert.That(sealedAnswers.Select(Encoding.UTF8.GetString), Has.None.Contains("只有我"));
        Assert.That((await TallyAsync(survey)).Answers, Is.Zero);

        for (var i = 4; i < 12; i++)
            await _one.SubmitAsync(From(i, survey, $"只有我这样写{i}"), default);
        Assert.That((await TallyAsync(survey)) is { Answers: 10, InBox: 2 }, Is.True);

        // No column of an answer tells who or when, and none has a value that stands in the citizen's row, too.
        Assert.That(await AskAsync<long>("select count(*) from survey_answer where num_nonnulls(token, run_id, answered_at) > 0"), Is.Zero);
        Assert.That(await RowsAsync<string>(
            """
            select a.column_name from information_schema.columns a join information_schema.columns p using (column_name)
            where a.table_name = 'survey_answer' and p.table_name = 'survey_participation'
            """), Is.EquivalentTo(new[] { "survey", "token", "run_id" }), "and the last two are empty");
        // PostgreSQL's own mark of who wrote a row: the same on five answers or more, and on five citizens or more.
        var marks = await RowsAsync<(long Answers, long Citizens)>(
            """
            select count(*), (select count(*) from survey_participation p where p.xmin = a.xmin) from survey_answer a group by a.xmin
            """);
        Assert.That(marks, Is.All.Matches<(long Answers, long Citizens)>(m => m is { Answers: >= 5, Citizens: >= 5 }));
        // The order in which answers lie tells nothing either: were it that of writing, the numbers would rise.
        var order = string.Concat(await RowsAsync<string>("select right(texts[5], 1) from survey_answer order by id"));
        Assert.That(await AskAsync<long>("select count(*) from survey_answer a join survey_answer b on a.id < b.id and a.texts[5] > b.texts[5]"), Is.GreaterThan(0), order);

        await _one.EndAsync(survey, default);
        Assert.That((await TallyAsync(survey)).Answers, Is.EqualTo(12));
        Assert.That(await AskAsync<long>("select (select count(*) from survey_participation) + (select count(*) from survey_ballot)"), Is.Zero);
    }

    [Test]
    public void An_anonymous_answer_with_a_token_is_refused_by_the_database() => Assert.That(
        async () =>
        {
            var survey = await PublishedAsync();
            await ExecuteAsync(
                "insert into survey_answer (survey, version, anonymous, token, picks, numbers, texts) values (@survey, 1, true, sha256('x'), '{1}', '{null}', '{null}')",
                new { survey });
        }, Throws.InstanceOf<PostgresException>().With.Property("ConstraintName").EqualTo("survey_answer_anonymous"));

    [Test]
    public async Task What_may_be_changed_is_changed_in_place_and_the_figures_follow()
    {
        var survey = await PublishedAsync(anonymous: false, editable: true);
        Assert.That(await _one.SubmitAsync(From(0, survey), default), Is.EqualTo(SurveySubmitted.Counted));
        Assert.That(await _other.SubmitAsync(new(survey, 1, new OpenId("o0"), Guid.NewGuid(), Replies(2)), default), Is.EqualTo(SurveySubmitted.Replaced));
        var tally = await TallyAsync(survey);
        Assert.That(tally.Answers, Is.EqualTo(1));
        Assert.That(tally.Questions[0].Options.Take(2), Is.EqualTo(new long[] { 0, 1 }));
        Assert.That(tally.Questions[3].Total, Is.EqualTo(42));

        SurveyRecords records = new(One, Ciphers(One));
        var shown = (await records.ExportAsync(new OpenId("o0"), default)).SelectMany(s => s.Rows).SelectMany(r => r).Single(f => f.Name == "回答").Value;
        Assert.That(shown, Does.Contain("您去过大厅吗？：没去过").And.Contain("您今年几岁？：42"));
        Assert.That(await records.EraseAsync(new OpenId("o0"), default), Is.EqualTo(1));
        Assert.That((await TallyAsync(survey)).Questions[0].Options.Sum(), Is.Zero);
    }

    [Test]
    public async Task A_changed_survey_is_a_new_version_and_old_answers_keep_theirs()
    {
        var survey = await PublishedAsync(anonymous: false);
        await _one.SubmitAsync(From(0, survey), default);
        await _desk.SaveQuestionsAsync(survey, 3, [SurveyConversationTests.Questions[0] with { Options = ["没去过", "去过"] }], s_editor, default);
        Assert.That(await _desk.PublishAsync(survey, 3, s_editor, default), Is.InstanceOf<SurveySaved.ChangedMeanwhile>(), "somebody saved since");
        await _desk.PublishAsync(survey, 4, s_editor, default);
        await _one.SubmitAsync(new(survey, 2, new OpenId("o9"), Guid.NewGuid(), new([1], [null], [null])), default);

        PostgresSurveyResults results = new(One);
        var versions = await results.VersionsAsync(survey, default);
        Assert.That(versions.Select(v => v.Questions[0].Options[0]), Is.EqualTo(new[] { "去过", "没去过" }));
        Assert.That((await results.TallyAsync(survey, 1, default)).Questions[0].Options[0], Is.EqualTo(1));
        Assert.That((await results.TallyAsync(survey, 2, default)).Questions[0].Options[0], Is.EqualTo(1));
        Assert.That(async () => await ExecuteAsync("update survey_version set questions = '[1]'"), Throws.InstanceOf<PostgresException>());
        Assert.That(async () => await ExecuteAsync("update survey set anonymous = true, editable = false"), Throws.InstanceOf<PostgresException>());
    }

    [Test]
    public async Task The_figures_are_those_of_the_answers()
    {
        var survey = await PublishedAsync(anonymous: false);
        await AtOnce.RunAsync(40, i => (i % 2 == 0 ? _one : _other).SubmitAsync(From(i, survey, i % 4 == 0 ? "好" : null), default));
        PostgresSurveyResults results = new(Other);
        var tally = await results.TallyAsync(survey, 1, default);
        Assert.That(tally.Questions[0].Options.Take(2), Is.EqualTo(new long[] { 20, 20 }));
        Assert.That(tally.Questions[2].Options.Take(3), Is.EqualTo(new long[] { 40, 40, 0 }));
        Assert.That(tally.Questions.Select(q => q.Answers), Is.EqualTo(new long[] { 40, 0, 40, 40, 10 }));
        Assert.That(tally.Questions[3].Total, Is.EqualTo(20 * 41 + 20 * 42));
        Assert.That(await results.CrossAsync(survey, 1, 0, 2, default), Is.EquivalentTo(new[] { (1L, 3L, 20L), (2L, 3L, 20L) }));
        Assert.That(await results.TextsAsync(survey, 1, 4, 1, 20, default), Has.Count.EqualTo(10));
        Assert.That(await results.AllAsync(survey, 1, default).CountAsync(), Is.EqualTo(40));
    }

    [Test]
    public async Task What_is_not_open_takes_no_answer()
    {
        var survey = await PublishedAsync();
        Assert.That(await _one.SubmitAsync(From(0, survey + 1), default), Is.EqualTo(SurveySubmitted.NotOpen));
        await _desk.EndAsync(survey, s_editor, default);
        Assert.That(await _one.SubmitAsync(From(0, survey), default), Is.EqualTo(SurveySubmitted.NotOpen));
        Assert.That(async () => await ExecuteAsync("update survey set ended_at = null"), Throws.InstanceOf<PostgresException>());
        var other = await PublishedAsync();
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.That(await _one.SubmitAsync(From(0, other), default), Is.EqualTo(SurveySubmitted.NotOpen));
        Assert.That(await AskAsync<long>("select count(*) from job where kind = 'survey.end' and status = 'waiting'"), Is.EqualTo(2));
    }

    private Task<SurveyTally> TallyAsync(long survey) => new PostgresSurveyResults(One).TallyAsync(survey, 1, default);

    private async Task<List<T>> RowsAsync<T>(string sql)
    {
        await using var connection = await One.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }
}
