using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers.Desk;
using Bot.Handlers.Participation.Consultations;
using Bot.Tests.Data.Postgres;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Participation;

/// <summary>Consultations on a real PostgreSQL, from two hosts.</summary>
public sealed class ConsultationStoreTests : StoreFixture
{
    private static readonly StaffMember s_writer = new(1, "bianji", "周婷", [StaffRole.Editor], null);
    private static readonly StaffMember s_second = new(2, "wang", "王海", [StaffRole.Administrator], null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)));

    private PostgresConsultations _one = null!;
    private PostgresConsultations _other = null!;
    private PostgresConsultationDesk _desk = null!;
    private PostgresCommentDesk _comments = null!;

    [SetUp]
    public async Task EmptyConsultations()
    {
        await ExecuteAsync("truncate consultation, consultation_version, consultation_comment, consultation_point");
        _clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(8)) > _clock.GetUtcNow() ? new(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(8)) : _clock.GetUtcNow());
        (_one, _other) = (new(One, Ciphers(One), _clock), new(Other, Ciphers(Other), _clock));
        (_desk, _comments) = (new(One, _clock), new(One));
    }

    private static PostgresFieldCiphers Ciphers(NpgsqlDataSource db) => new(db, MasterKeys.None, CipherSuite.Aes, TimeProvider.System);

    private ConsultationPaper Paper => ConsultationConversationTests.Paper with { OpensAt = _clock.GetUtcNow().AddDays(-1), ClosesAt = _clock.GetUtcNow().AddDays(30) };

    private async Task<long> PublishedAsync()
    {
        var id = ((ConsultationSaved.Saved)await _desk.SaveAsync(0, 0, Paper, s_writer, default)).Id;
        await _desk.SubmitAsync(id, 1, s_writer, default);
        Assert.That(await _desk.PublishAsync(id, 2, s_second, default), Is.InstanceOf<ConsultationSaved.Saved>());
        return id;
    }

    private NewComment From(string? citizen, long id, string words = "太短", string part = "s2", int version = 1, Guid? run = null) => new(
        id, version, part, words, citizen is null ? CommentWay.Page : CommentWay.Chat, citizen is null ? null : new OpenId(citizen), run ?? Guid.NewGuid(), _clock.GetUtcNow(), []);

    private async Task<CommentRow[]> RowsAsync(long id) => [.. (await _comments.ListAsync(id, new(null, null, null, false, ""), 1, 100, default)).Rows.OrderBy(r => r.Id)];

    [Test]
    public async Task Two_persons_publish_and_nobody_alone()
    {
        var id = ((ConsultationSaved.Saved)await _desk.SaveAsync(0, 0, Paper, s_writer, default)).Id;
        Assert.That(await _desk.PublishAsync(id, 1, s_second, default), Is.InstanceOf<ConsultationSaved.ChangedMeanwhile>(), "nobody submitted it");
        await _desk.SubmitAsync(id, 1, s_writer, default);
        Assert.That(await _desk.PublishAsync(id, 2, s_writer, default), Is.InstanceOf<ConsultationSaved.SamePerson>());
        await _desk.SaveAsync(id, 2, Paper with { Title = "改过" }, s_writer, default);
        Assert.That(await _desk.PublishAsync(id, 3, s_second, default), Is.InstanceOf<ConsultationSaved.ChangedMeanwhile>(), "what was changed is submitted anew");
        await _desk.SubmitAsync(id, 3, s_writer, default);
        await _desk.ReturnAsync(id, 4, "再想想", s_second, default);
        await _desk.SubmitAsync(id, 5, s_writer, default);
        Assert.That(await _desk.PublishAsync(id, 6, s_second, default), Is.InstanceOf<ConsultationSaved.Saved>());
        Assert.That((await _one.CurrentAsync(default)).Single().Paper.Title, Is.EqualTo("改过"));
        Assert.That(await _desk.DeleteAsync(id, s_writer, default), Is.InstanceOf<ConsultationSaved.ChangedMeanwhile>(), "what was published stays");
    }

    [Test]
    public async Task A_changed_one_is_a_new_version_old_comments_keep_theirs_and_no_time_is_cut_short()
    {
        var id = await PublishedAsync();
        Assert.That(await _one.CommentAsync(From("o1", id), default), Is.EqualTo(CommentKept.Kept));
        await _desk.SaveAsync(id, 3, Paper with { ClosesAt = _clock.GetUtcNow().AddDays(3) }, s_writer, default);
        await _desk.SubmitAsync(id, 4, s_writer, default);
        Assert.That(await _desk.PublishAsync(id, 5, s_second, default), Is.InstanceOf<ConsultationSaved.Shortened>());
        await _desk.SaveAsync(id, 5, Paper with { Parts = [new("s3", "新的一章", "新。")] }, s_writer, default);
        await _desk.SubmitAsync(id, 6, s_writer, default);
        await _desk.PublishAsync(id, 7, s_second, default);

        Assert.That(await _other.CommentAsync(From("o2", id), default), Is.EqualTo(CommentKept.Kept), "who read the old one comments on it");
        Assert.That(await _other.CommentAsync(From("o3", id, part: "s3"), default), Is.EqualTo(CommentKept.NoSuchPart), "the old one has no such part");
        Assert.That(await _other.CommentAsync(From("o3", id, part: "s3", version: 2), default), Is.EqualTo(CommentKept.Kept));
        Assert.That(await _other.CommentAsync(From("o3", id, version: 3), default), Is.EqualTo(CommentKept.NotOpen), "there is no such version");
        Assert.That((await RowsAsync(id)).Select(r => (r.Version, r.Part)), Is.EqualTo(new[] { (1, "s2"), (1, "s2"), (2, "s3") }));
        Assert.That(async () => await ExecuteAsync("update consultation_version set paper = '{}'"), Throws.InstanceOf<PostgresException>());
    }

    [Test]
    public async Task A_comment_that_is_sent_on_two_hosts_at_once_is_kept_once_and_nobody_says_too_much()
    {
        var id = await PublishedAsync();
        var same = From("o1", id);
        var kept = await AtOnce.RunAsync(12, i => (i % 2 == 0 ? _one : _other).CommentAsync(same, default));
        Assert.That(kept, Is.All.EqualTo(CommentKept.Kept));
        Assert.That(await AskAsync<int>("select count(*) from consultation_comment"), Is.EqualTo(1));
        for (var i = 1; i < NewComment.MostOfOne; i++)
            await _one.CommentAsync(From("o1", id), default);
        Assert.That(await _one.CommentAsync(From("o1", id), default), Is.EqualTo(CommentKept.TooMany));
        Assert.That(await _one.CommentAsync(same, default), Is.EqualTo(CommentKept.Kept), "a repeated delivery hears the same");
        Assert.That(await _one.CommentAsync(From("o2", id), default), Is.EqualTo(CommentKept.Kept));
    }

    [Test]
    public async Task The_form_sent_again_with_other_words_is_another_comment_and_nobody_gets_past_the_limit_by_haste()
    {
        var id = await PublishedAsync();
        var first = From("o1", id, "太短");
        foreach (var comment in new[] { first, first with { Words = "太短，也太贵" }, first with { Words = "太短，也太贵" }, first })
            Assert.That(await _one.CommentAsync(comment, default), Is.EqualTo(CommentKept.Kept));
        Assert.That((await RowsAsync(id)).Select(r => r.Words), Is.EqualTo(new[] { "太短", "太短，也太贵" }));
        await AtOnce.RunAsync(NewComment.MostOfOne + 4, i => (i % 2 == 0 ? _one : _other).CommentAsync(From("o1", id), default));
        Assert.That((await RowsAsync(id)).Length, Is.EqualTo(NewComment.MostOfOne));
    }

    [Test]
    public async Task What_was_approved_late_opens_when_it_is_public()
    {
        var id = ((ConsultationSaved.Saved)await _desk.SaveAsync(0, 0, Paper with { OpensAt = _clock.GetUtcNow().AddDays(-19) }, s_writer, default)).Id;
        await _desk.SubmitAsync(id, 1, s_writer, default);
        await _desk.ReturnAsync(id, 2, "请写明依据", s_second, default);
        Assert.That((await _desk.FindAsync(id, default))!.Consultation.ReturnedWhy, Is.EqualTo("请写明依据"));
        await _desk.SubmitAsync(id, 3, s_writer, default);
        await _desk.PublishAsync(id, 4, s_second, default);
        var draft = (await _desk.FindAsync(id, default))!;
        Assert.That((draft.Published!.Paper.OpensAt, draft.Paper.OpensAt, draft.Consultation.ReturnedWhy), Is.EqualTo((_clock.GetUtcNow(), _clock.GetUtcNow(), "")));
    }

    [Test]
    public async Task What_is_not_shown_is_answered_and_an_answer_is_not_lost_with_its_last_comment()
    {
        var id = await PublishedAsync();
        foreach (var (citizen, words) in new[] { ("o1", "你们去死，免费时间太短"), ("o2", "卖车位") })
            await _one.CommentAsync(From(citizen, id, words), default);
        var rows = await RowsAsync(id);
        await _comments.GroupAsync(id, [new("s2", null, "延长", [rows[0].Id])], s_writer, default);
        await _comments.HideAsync(id, [rows[0].Id], "含有辱骂或不文明用语", s_second, default);
        await _comments.HideAsync(id, [rows[1].Id], LeftOutReasons.Advertising, s_second, default);
        Assert.That((await RowsAsync(id)).Select(r => (r.Point is null, r.LeftOut)), Is.EqualTo(new[] { (false, false), (true, true) }));
        var point = (await _one.PointsAsync(id, default)).Single().Id;
        await _comments.AnswerAsync(id, point, "延长", PointVerdict.Adopted, "改为30分钟。", s_writer, default);
        Assert.That(await _comments.HideAsync(id, [rows[0].Id], LeftOutReasons.SaidTwice, s_second, default), Is.Zero);
        Assert.That(await _comments.MoveAsync(id, rows[0].Id, null, s_second, default), Is.False);
        Assert.That((await _one.PointsAsync(id, default)).Single().Answer, Is.EqualTo("改为30分钟。"));
        Assert.That(await _comments.TakeBackAsync(id, point, s_second, default), Is.True);
        Assert.That(await _comments.MoveAsync(id, rows[0].Id, null, s_second, default), Is.True);
    }

    [Test]
    public async Task Whoever_commented_is_told_why_it_was_broken_off()
    {
        var id = await PublishedAsync();
        await _one.CommentAsync(From("o1", id), default);
        await _desk.StopAsync(id, "上位法改了", s_writer, default);
        await TellAsync(id);
        await TellAsync(id);
        Assert.That((await RowsOfAsync()).Single().Words, Does.Contain("意见征集已经终止，原因：上位法改了。"));
        Assert.That(await AskAsync<int>("select count(*) from citizen_message t, consultation_comment m where position(encode(m.openid_hash, 'hex') in t.key) > 0"), Is.Zero, "a message does not lead to the comment");
    }

    [Test]
    public async Task What_is_over_takes_no_comment()
    {
        var id = await PublishedAsync();
        var early = From("o1", id);
        await _one.CommentAsync(early, default);
        _clock.Advance(TimeSpan.FromDays(31));
        Assert.That(await _one.CommentAsync(From("o2", id), default), Is.EqualTo(CommentKept.NotOpen));
        Assert.That(await _one.CommentAsync(early, default), Is.EqualTo(CommentKept.Kept));
        Assert.That((await _one.CurrentAsync(default), (await _one.OverAsync(1, 20, default)).Total), Is.EqualTo((Array.Empty<PublishedConsultation>(), 1)));
        Assert.That(await _desk.SaveAsync(id, 3, Paper, s_writer, default), Is.InstanceOf<ConsultationSaved.ChangedMeanwhile>(), "it does not open again");
        var other = await PublishedAsync();
        await _desk.StopAsync(other, "上位法改了", s_writer, default);
        Assert.That(await _one.CommentAsync(From("o3", other), default), Is.EqualTo(CommentKept.NotOpen));
    }

    [Test]
    public async Task Whoever_commented_is_told_once_and_only_when_everything_has_its_answer()
    {
        var id = await PublishedAsync();
        foreach (var (citizen, words) in new (string?, string)[] { ("o1", "太短"), ("o1", "太贵"), ("o2", "太短了"), (null, "还行"), ("o3", "广告") })
            await _one.CommentAsync(From(citizen, id, words), default);
        var rows = await RowsAsync(id);
        await _comments.ShowAsync(id, rows.Take(4).ToDictionary(r => r.Id, r => r.Words), s_second, default);
        await _comments.HideAsync(id, [rows[4].Id], "广告或推销", s_second, default);
        await _comments.GroupAsync(id, [new("s2", null, "延长", [rows[0].Id, rows[2].Id]), new("s2", null, "降价", [rows[1].Id, rows[4].Id])], s_writer, default);
        Assert.That((await RowsAsync(id))[4].Point, Is.Null, "what is hidden is in no point");
        _clock.Advance(TimeSpan.FromDays(31));
        Assert.That(await _desk.PublishReportAsync(id, 3, s_second, default), Is.InstanceOf<ConsultationSaved.Unfinished>(), "one is in no point");
        var points = await _one.PointsAsync(id, default);
        Assert.That(points.Select(p => (p.Title, p.Comments)), Is.EqualTo(new[] { ("延长", 2), ("降价", 1) }));
        Assert.That(await _comments.MoveAsync(id, rows[3].Id, points[1].Id, s_writer, default), Is.True);
        Assert.That(await _desk.PublishReportAsync(id, 3, s_second, default), Is.InstanceOf<ConsultationSaved.Unfinished>(), "no point has its answer");
        await _comments.AnswerAsync(id, points[0].Id, "延长", PointVerdict.Adopted, "改为30分钟。", s_writer, default);
        await _comments.AnswerAsync(id, points[1].Id, "降价", PointVerdict.Declined, "成本所限。", s_writer, default);
        Assert.That(await _desk.PublishReportAsync(id, 3, s_second, default), Is.InstanceOf<ConsultationSaved.Saved>());
        Assert.That(await _comments.AnswerAsync(id, points[1].Id, "降价", PointVerdict.Adopted, "改了。", s_writer, default), Is.False, "what the public was told stands");

        await TellAsync(id);
        await _desk.WithdrawReportAsync(id, s_second, default);
        await _desk.PublishReportAsync(id, 5, s_second, default);
        await TellAsync(id);
        var told = (await RowsOfAsync()).ToArray();
        Assert.That(told.Select(t => t.To), Is.EquivalentTo(new[] { "o1", "o2", "o3" }), "each once; who wrote on the page is nobody we know");
        Assert.That(told.Single(t => t.To == "o1").Words, Is.EqualTo(
            "您参加的“停车管理办法”意见征集已有结果。您提了2条意见。其中1条已采纳。感谢您的参与！\nhttps://bot.example.gov.cn/consultations/" + id));
        Assert.That(told.Single(t => t.To == "o3").Words, Does.EndWith($"您提了1条意见。其中1条与征集内容无关或者重复，没有列入采纳情况。感谢您的参与！\nhttps://bot.example.gov.cn/consultations/{id}"));
        Assert.That(await AskAsync<string>("select string_agg(key, ' ') from citizen_message"), Does.Not.Contain("o1"), "the key tells nobody who it is");
    }

    [Test]
    public async Task Points_are_merged_and_an_empty_one_is_gone()
    {
        var id = await PublishedAsync();
        foreach (var words in new[] { "甲", "乙", "丙" })
            await _one.CommentAsync(From(null, id, words), default);
        await _one.CommentAsync(From(null, id, "丁", part: ""), default);
        var rows = await RowsAsync(id);
        await _comments.GroupAsync(id, [new("s2", null, "一", [rows[0].Id]), new("s2", null, "二", [rows[1].Id, rows[2].Id]), new("", null, "三", [rows[3].Id])], s_writer, default);
        var points = (await _one.PointsAsync(id, default)).ToDictionary(p => p.Title);
        Assert.That(await _comments.MergeAsync(id, points["一"].Id, points["三"].Id, s_writer, default), Is.False, "of another part");
        Assert.That(await _comments.MergeAsync(id, points["一"].Id, points["二"].Id, s_writer, default), Is.True);
        Assert.That((await _one.PointsAsync(id, default)).Select(p => (p.Title, p.Comments)), Is.EqualTo(new[] { ("二", 3), ("三", 1) }));
        Assert.That(await _comments.MoveAsync(id, rows[0].Id, points["三"].Id, s_writer, default), Is.False);
        Assert.That(await _comments.GroupAsync(id, [new("s2", null, "又", [rows[0].Id])], s_writer, default), Is.Zero, "what is in a point stays");
        Assert.That(await AskAsync<int>("select count(*) from consultation_point"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_citizen_sees_what_they_said_and_erasing_leaves_only_what_was_said()
    {
        var id = await PublishedAsync();
        await _one.CommentAsync(From("o1", id, "太短"), default);
        ConsultationRecords records = new(One, Ciphers(One));
        Assert.That((await records.ExportAsync(new OpenId("o1"), default)).SelectMany(s => s.Rows).SelectMany(r => r).Select(f => f.Value), Does.Contain("太短").And.Contain("待审核"));
        Assert.That(await records.EraseAsync(new OpenId("o1"), default), Is.EqualTo(1));
        Assert.That(await _one.CommentersAsync(id, null, 10, default), Is.Empty);
        Assert.That((await RowsAsync(id)).Single().Words, Is.EqualTo("太短"));
    }

    private async Task TellAsync(long id)
    {
        ConsultationTeller teller = new(_one, new PostgresCitizenMessages(One, _clock), new(Ciphers(One), new AccountProfile("滨海市政务服务", "https://bot.example.gov.cn")), _clock);
        await teller.RunAsync(new Job(1, teller.Kind, id.ToString(null, null), "{}", 1, Guid.NewGuid()), default);
    }

    private async Task<IReadOnlyList<(string To, string Words)>> RowsOfAsync() =>
        await One.ReadAsync("select openid, words from citizen_message order by id", new { }, r => (r.GetString(0), r.GetString(1)), default);
}
