using Bot.Data.Policies;
using Bot.Data.Postgres;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class PolicyQuestionsTests : StoreFixture
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private PostgresPolicyQuestions _questions = null!;
    private PostgresPolicyMisses _misses = null!;

    [SetUp]
    public void Meet() => (_questions, _misses) = (new(One), new(One));

    [Test]
    public async Task Two_picks_or_one_citizen_who_was_helped_make_a_similar_question()
    {
        await RecordAsync([Asked(1, "暂住证咋办", "G1", "G2"), Asked(2, "暂住证咋办", "G1"), Asked(3, "退休金", "G3")], [Settled(1, QuestionOutcome.Picked, "G1")]);
        Assert.That(await MemoryAsync(), Is.Empty, "a single pick may be a slip");
        await RecordAsync([], [Settled(2, QuestionOutcome.Picked, "G1"), Settled(3, QuestionOutcome.Helped, "G3")]);
        Assert.That(await MemoryAsync(), Is.EqualTo([("G1", "暂住证咋办"), ("G3", "退休金")]));
    }

    [Test]
    public async Task A_question_is_settled_once_and_only_by_what_was_shown()
    {
        await RecordAsync([Asked(1, "暂住证", "G1")], [Settled(1, QuestionOutcome.Picked, "G1"), Settled(1, QuestionOutcome.Picked, "G1"), Settled(1, QuestionOutcome.Helped, "G9"), Settled(99, QuestionOutcome.Helped, "G1")]);
        Assert.That(await MemoryAsync(), Is.Empty);
        await RecordAsync([Asked(1, "暂住证", "G1")], [Settled(1, QuestionOutcome.Helped, "G1"), Settled(1, QuestionOutcome.Unhelpful, "G1")]);
        Assert.That(await MemoryAsync(), Is.EqualTo([("G1", "暂住证")]));
    }

    [Test]
    public async Task What_does_not_help_is_no_similar_question_any_more()
    {
        await RecordAsync([.. Enumerable.Range(1, 4).Select(n => Asked(n, "低保", "G1"))], [Settled(1, QuestionOutcome.Helped, "G1")]);
        Assert.That(await MemoryAsync(), Has.Length.EqualTo(1));
        await RecordAsync([], [Settled(2, QuestionOutcome.Unhelpful, "G1")]);
        Assert.That(await MemoryAsync(), Is.Empty);
        await RecordAsync([], [Settled(3, QuestionOutcome.Helped, "G1"), Settled(4, QuestionOutcome.Helped, "G1")]);
        Assert.That(await MemoryAsync(), Has.Length.EqualTo(1));
        Assert.That(await _questions.DropAsync("G1", "低保", "wang", default), Is.True);
        Assert.That(await MemoryAsync(), Is.Empty, "staff have the last word");
    }

    [Test]
    public async Task Groups_misses_and_counts_what_was_refused_among_them()
    {
        await RecordAsync([Asked(1, "宠物医保"), Asked(2, "宠物医保"), Asked(3, "火星移民"), Asked(4, "低保", "G1")], [Settled(4, QuestionOutcome.None, "")]);
        var misses = await _misses.ListAsync(0, 10, default);
        Assert.That(misses.Select(m => (m.Normal, m.Missed, m.Refused)), Is.EquivalentTo([("宠物医保", 2, 0), ("火星移民", 1, 0), ("低保", 0, 1)]));
        Assert.That((misses[0].Normal, misses[0].LastAt), Is.EqualTo(("宠物医保", s_now.AddSeconds(2))));
        Assert.That(await _misses.SetAsideAsync("火星移民", "wang", default), Is.True);
        Assert.That(await _misses.SetAsideAsync("火星移民", "wang", default), Is.False);
        await RecordAsync([Asked(5, "火星移民")], []);
        Assert.That(await _misses.CountAsync(default), Is.EqualTo(2), "what was set aside stays so");
    }

    [Test]
    public async Task Whoever_waits_is_told_once_when_there_is_an_answer()
    {
        OpenId one = new("oOne"), other = new("oOther");
        Assert.That(await _misses.WaitAsync("宠物能上医保吗", "宠物医保", one, default), Is.True);
        Assert.That(await _misses.WaitAsync("宠物能上医保吗", "宠物医保", one, default), Is.True);
        await _misses.WaitAsync("宠物能上医保吗", "宠物医保", other, default);
        Assert.That((await _misses.FindAsync("宠物医保", default))!.Waiting, Is.EqualTo(2));

        Assert.That(await _misses.AnswerAsync("宠物医保", "G1", "有答案了", "", "wang", default), Is.True);
        Assert.That(await _misses.AnswerAsync("宠物医保", "G1", "有答案了", "", "wang", default), Is.False);
        Assert.That(await AskAsync<long>("select count(*) from citizen_message"), Is.EqualTo(2));
        Assert.That(await AskAsync<long>("select count(*) from policy_waiting"), Is.Zero);

        await RecordAsync([Asked(1, "宠物医保")], []);
        Assert.That(await _misses.CountAsync(default), Is.EqualTo(1), "answered, and yet not found: open again");
    }

    [Test]
    public async Task Nobody_waits_for_more_than_ten_answers()
    {
        for (var n = 0; n < 10; n++)
            Assert.That(await _misses.WaitAsync("问", $"问{n}", new OpenId("oOne"), default), Is.True);
        Assert.That(await _misses.WaitAsync("问", "问10", new OpenId("oOne"), default), Is.False);
    }

    [Test]
    public async Task Forgets_old_questions_and_no_citizen_stands_in_them()
    {
        await RecordAsync([Asked(1, "旧的", "G1")], []);
        await _questions.ForgetAsync(s_now.AddDays(1), default);
        Assert.That(await AskAsync<long>("select count(*) from policy_question"), Is.Zero);
        Assert.That(await AskAsync<string>("select string_agg(column_name, ',') from information_schema.columns where table_name = 'policy_question'"), Does.Not.Contain("openid"));
    }

    [Test]
    public async Task Words_and_life_events_are_kept_and_announced()
    {
        var words = new PostgresPolicyWords(Other);
        await words.SetSynonymAsync("电驴", ["电动自行车"], "wang", default);
        await words.SetSynonymAsync("电驴", ["电动自行车", "非机动车"], "wang", default);
        await words.AddAliasAsync("G1", "电驴上牌", "wang", default);
        await words.AddAliasAsync("G1", "电驴上牌", "wang", default);
        await words.SetLifeEventAsync(new("move", "搬家", ["我搬家了"], ["G1", "G2"]), "wang", default);
        Assert.That((await words.SynonymsAsync(default)).Select(s => (s.Word, string.Join('、', s.Means))), Is.EqualTo([("电驴", "电动自行车、非机动车")]));
        Assert.That(await words.AliasesAsync(default), Is.EqualTo([new PolicyAlias("G1", "电驴上牌")]));
        Assert.That((await words.LifeEventsAsync(default)).Single().Matters, Is.EqualTo(["G1", "G2"]));
        Assert.That((await words.RemoveSynonymAsync("电驴", "wang", default), await words.RemoveSynonymAsync("电驴", "wang", default)), Is.EqualTo((true, false)));
        Assert.That((await words.RemoveAliasAsync("G1", "电驴上牌", "wang", default), await words.RemoveLifeEventAsync("move", "wang", default)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Files_and_subscriptions_are_kept()
    {
        var files = new PostgresAttachments(One);
        var id = await files.AddAsync("申请表.pdf", "application/pdf", "%PDF-1.7"u8.ToArray(), "wang", default);
        Assert.That((await files.DescribeAsync([id, 99], default)).Select(f => (f.Id, f.Name, f.Size)), Is.EqualTo([(id, "申请表.pdf", 8)]));
        Assert.That((await files.ReadAsync(id, default), await files.ReadAsync(99, default)), Is.EqualTo(("%PDF-1.7"u8.ToArray(), (byte[]?)null)));
        Assert.That(await files.SweepAsync(default), Is.Zero, "too young");

        var topics = new PostgresTopics(Other);
        await topics.JoinAsync("户籍", new("oB"), default);
        await topics.JoinAsync("户籍", new("oA"), default);
        await topics.JoinAsync("户籍", new("oA"), default);
        Assert.That(await topics.SubscribersAsync("户籍", null, 1, default), Is.EqualTo([new OpenId("oA")]));
        Assert.That(await topics.SubscribersAsync("户籍", new OpenId("oA"), 9, default), Is.EqualTo([new OpenId("oB")]));
        Assert.That((await topics.OfAsync(new("oA"), default), (await topics.CountAsync(default))["户籍"]), Is.EqualTo((new[] { "户籍" }, 2)));
        Assert.That((await topics.LeaveAsync("户籍", new("oA"), default), await topics.LeaveAsync("户籍", new("oA"), default)), Is.EqualTo((true, false)));
    }

    private Task RecordAsync(AskedQuestion[] asked, SettledQuestion[] settled) => _questions.RecordAsync(asked, settled, default);

    private async Task<(string, string)[]> MemoryAsync() => [.. (await _questions.MemoryAsync(9, default)).Select(m => (m.PolicyId, m.Question))];

    private static AskedQuestion Asked(long key, string question, params string[] shown) => new(key, s_now.AddSeconds(key), question, question, shown);

    private static SettledQuestion Settled(long key, QuestionOutcome outcome, string policyId) => new(key, s_now.AddMinutes(1), outcome, policyId);
}
