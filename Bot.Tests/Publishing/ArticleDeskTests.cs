using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Bot.Handlers.Publishing;
using Bot.Tests.Data.Postgres;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class ArticleDeskTests : StoreFixture
{
    private static readonly StaffMember s_editor = Person("bianji");
    private static readonly StaffMember s_reviewer = Person("shenhe");
    private static readonly StaffMember s_signer = Person("qianfa");

    private FakeTimeProvider _clock = null!;
    private PostgresArticleDesk _desk = null!;
    private PostgresArticleDesk _other = null!;
    private PostgresArticleFolder _folder = null!;
    private PostgresArticles _public = null!;

    internal static StaffMember Person(string name) => new(1, name, name, [StaffRole.Editor], null);

    internal static ArticleContent Content(string title = "停水通知") => new()
    {
        Column = "tips", Title = title, Body = "<p>明日停水。</p>", Words = "明日停水。", Source = "市水务集团",
    };

    [SetUp]
    public async Task Meet()
    {
        await ExecuteAsync("truncate article_finding, article_push, article_push_event, article_step, article_version, article, article_file, job");
        _clock = new(DateTimeOffset.UtcNow);
        (_desk, _other) = (new(One, _clock), new(Other, _clock));
        (_folder, _public) = (new(Other), new(Other));
    }

    [Test]
    public async Task Three_persons_bring_an_article_to_the_public()
    {
        var id = await SavedAsync();
        Assert.That(await StepAsync(id, ArticleAct.Submit, s_editor), Is.EqualTo(StepTaken.Done));
        Assert.That(await StepAsync(id, ArticleAct.Approve, s_editor), Is.EqualTo(StepTaken.SamePerson));
        Assert.That(await StepAsync(id, ArticleAct.Approve, s_reviewer), Is.EqualTo(StepTaken.Done));
        Assert.That(await StepAsync(id, ArticleAct.Sign, s_editor), Is.EqualTo(StepTaken.SamePerson));
        Assert.That(await StepAsync(id, ArticleAct.Sign, s_reviewer), Is.EqualTo(StepTaken.SamePerson));
        Assert.That(await _public.FindAsync(id, default), Is.Null);
        Assert.That(await StepAsync(id, ArticleAct.Sign, s_signer), Is.EqualTo(StepTaken.Done));
        Assert.That(await _desk.PublishAsync(id, 1, default), Is.True);

        var read = await _public.FindAsync(id, default);
        Assert.That((read!.Editor, read.Reviewer, read.Signer, read.Content.Title), Is.EqualTo(("bianji", "shenhe", "qianfa", "停水通知")));
        Assert.That((await _folder.StepsAsync(id, default)).Select(s => s.Act), Is.EqualTo([ArticleAct.Submit, ArticleAct.Approve, ArticleAct.Sign, ArticleAct.Publish]));
        Assert.That(await AskAsync<long>("select count(*) from audit_entry where subject_kind = 'article'"), Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public async Task Subscribers_are_told_of_a_new_article_once_and_never_of_a_withdrawn_one()
    {
        var id = await PublishedAsync();
        Assert.That(await AskAsync<long>("select count(*) from job where kind = 'article.tell'"), Is.EqualTo(1));
        PostgresTopics topics = new(One);
        foreach (var citizen in (string[])["oFirst", "oSecond"])
            await topics.JoinAsync("服务提示", new(citizen), default);
        ArticleNewsTeller teller = new(
            _public, new PostgresArticleColumns(One), new PostgresArticleNews(Other), new PostgresPolicies(One), topics, new("滨海市政务服务", "https://bot.example.gov.cn"), _clock);
        Job job = new(1, ArticleJobs.Tell, $"{id}", "{}", 1, Guid.Empty);
        await teller.RunAsync(job, default);
        await teller.RunAsync(job, default);
        Assert.That(await WaitingAsync(), Is.EqualTo(2), "told once");
        await ExecuteAsync("update citizen_message set status = 'sent', told_at = now() where openid = 'oFirst'");
        Assert.That(await AskAsync<string>("select words from citizen_message limit 1"),
            Is.EqualTo($"您订阅的“服务提示”有新发布：停水通知\nhttps://bot.example.gov.cn/news/{id}\n（取消订阅请回复“我的订阅”）"));
        await ExecuteAsync("update job set status = 'done', finished_at = now() where kind = 'article.tell'");

        Assert.That(await _desk.WithdrawAsync(id, s_signer, "数据有误", default), Is.EqualTo(StepTaken.Done));
        Assert.That(await WaitingAsync(), Is.Zero, "what waited is called off");
        await topics.JoinAsync("服务提示", new("oThird"), default);
        await teller.RunAsync(job, default);
        Assert.That(await new PostgresArticleNews(One).TellAsync(id, [new() { Key = IArticleNews.KeyOf(id, new("oThird")), To = new("oThird"), Words = "迟到的消息" }], default), Is.False);
        Assert.That(await WaitingAsync(), Is.Zero);

        await _desk.SaveAsync(id, 1, Content("停水通知（更正）"), s_editor, default);
        await PublishAsync(id, 2);
        Assert.That(await AskAsync<string>("select status from job where kind = 'article.tell'"), Is.EqualTo("waiting"), "it comes back");
        await teller.RunAsync(job, default);
        Assert.That(await AskAsync<string>("select string_agg(openid, ' ' order by openid) from citizen_message where status = 'waiting' and words like '%更正%'"),
            Is.EqualTo("oSecond oThird"), "whoever was told before is not told again");

        Task<long> WaitingAsync() => AskAsync<long>($"select count(*) from citizen_message where key like 'article:{id}:%' and status = 'waiting'");
    }

    [Test]
    public async Task The_database_itself_refuses_two_hats_on_one_head()
    {
        var id = await SavedAsync();
        Assert.That(() => ExecuteAsync($"update article_version set reviewer = 'bianji' where article = {id}"), Throws.InstanceOf<Npgsql.PostgresException>());
        Assert.That(() => ExecuteAsync($"update article_version set signer = 'x' where article = {id}"), Throws.InstanceOf<Npgsql.PostgresException>());
    }

    [Test]
    public async Task It_waits_for_its_time_and_a_recall_calls_it_off()
    {
        var id = await SignedAsync(_clock.GetUtcNow().AddHours(3));
        Assert.That(await _desk.PublishAsync(id, 1, default), Is.False);
        Assert.That(await AskAsync<string>("select key from job where kind = 'article.publish'"), Is.EqualTo($"{id}:1"));
        _clock.Advance(TimeSpan.FromHours(4));
        Assert.That(await StepAsync(id, ArticleAct.Recall, s_editor), Is.EqualTo(StepTaken.Done));
        Assert.That(await _desk.PublishAsync(id, 1, default), Is.False);
        Assert.That((await _folder.FindAsync(id, default))!.State, Is.EqualTo(ArticleState.Draft));
        Assert.That((await _folder.FindAsync(id, default))!.Signer, Is.Null);
    }

    [Test]
    public async Task Who_saves_over_somebody_else_is_told()
    {
        var id = await SavedAsync();
        var both = await Task.WhenAll(
            _desk.SaveAsync(id, 1, Content("甲"), s_editor, default), _other.SaveAsync(id, 1, Content("乙"), s_reviewer, default));
        Assert.That(both.Select(r => r.GetType()), Is.EquivalentTo([typeof(ArticleSaved.Kept), typeof(ArticleSaved.ChangedMeanwhile)]));
        Assert.That(await _desk.SaveAsync(999_999, 1, Content(), s_editor, default), Is.InstanceOf<ArticleSaved.Unknown>());
    }

    [Test]
    public async Task What_is_under_review_is_not_edited_and_a_return_says_why()
    {
        var id = await SavedAsync();
        await StepAsync(id, ArticleAct.Submit, s_editor);
        Assert.That(await _desk.SaveAsync(id, 1, Content("改"), s_editor, default), Is.EqualTo(new ArticleSaved.NotNow(ArticleState.Review)));
        Assert.That(await StepAsync(id, ArticleAct.Return, s_reviewer, "日期有误"), Is.EqualTo(StepTaken.Done));
        Assert.That(await StepAsync(id, ArticleAct.Approve, s_reviewer), Is.EqualTo(StepTaken.ChangedMeanwhile));
        Assert.That((await _folder.StepsAsync(id, default))[^1].Words, Is.EqualTo("日期有误"));
        Assert.That(await _desk.SaveAsync(id, 1, Content("改"), s_editor, default), Is.EqualTo(new ArticleSaved.Kept(id, 2)));
        Assert.That((await _folder.VersionAsync(id, 1, default))!.Title, Is.EqualTo("停水通知"));
    }

    [Test]
    public async Task The_public_reads_the_old_version_until_the_corrected_one_is_signed()
    {
        var id = await PublishedAsync();
        await _desk.SaveAsync(id, 1, Content("停水通知（更正）") with { Correction = "时间更正为后天" }, s_editor, default);
        Assert.That((await _public.FindAsync(id, default))!.Content.Title, Is.EqualTo("停水通知"));
        await PublishAsync(id, 2);
        var read = (await _public.FindAsync(id, default))!;
        Assert.That((read.Content.Title, read.Content.Correction, read.Version), Is.EqualTo(("停水通知（更正）", "时间更正为后天", 2)));
        Assert.That(read.FirstAt, Is.LessThanOrEqualTo(read.PublishedAt));
    }

    [Test]
    public async Task A_withdrawal_is_at_once_and_its_reason_stays()
    {
        var id = await PublishedAsync();
        var stamp = (await _public.StampsAsync(default)).Single().Stamp;
        Assert.That(await _desk.WithdrawAsync(id, s_editor, "内容有误", default), Is.EqualTo(StepTaken.Done));
        Assert.That(await _desk.WithdrawAsync(id, s_editor, "再一次", default), Is.EqualTo(StepTaken.ChangedMeanwhile));
        Assert.That(await _public.StampsAsync(default), Is.Empty);
        Assert.That(await _public.HeadsAsync([id], default), Is.Empty);
        Assert.That((await _public.FindAsync(id, default))!.Withdrawn!.Reason, Is.EqualTo("内容有误"));
        await _desk.SaveAsync(id, 1, Content("重新发布"), s_editor, default);
        await PublishAsync(id, 2);
        Assert.That((await _public.StampsAsync(default)).Single().Stamp, Is.GreaterThan(stamp));
        Assert.That((await _public.FindAsync(id, default))!.Withdrawn, Is.Null);
    }

    [Test]
    public async Task Two_hosts_that_start_at_once_bring_the_first_articles_once()
    {
        ImportedArticle[] first = [new(Content("甲"), _clock.GetUtcNow(), "甲", "乙", "丙"), new(Content("乙"), _clock.GetUtcNow(), "甲", "乙", "丙")];
        await Task.WhenAll(_desk.ImportAsync(first, true, default), _other.ImportAsync(first, true, default));
        Assert.That(await _public.StampsAsync(default), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_list_filters_and_counts()
    {
        await PublishedAsync();
        await _desk.SaveAsync(null, 0, Content("冬季清雪公告") with { Column = "announcements" }, s_editor, default);
        var (rows, total) = await _folder.ListAsync(new(Words: "清雪"), default);
        Assert.That((rows.Single().Column, rows.Single().State, total), Is.EqualTo(("通知公告", ArticleState.Draft, 1)));
        Assert.That((await _folder.ListAsync(new(State: ArticleState.Published), default)).Total, Is.EqualTo(1));
        Assert.That((await _folder.ListAsync(new(Column: "news"), default)).Total, Is.Zero);
    }

    [Test]
    public async Task Silence_and_delay_are_counted_by_column()
    {
        var today = Bot.Handlers.Beijing.DateOf(_clock.GetUtcNow());
        await _desk.ImportAsync([new(Content() with { MadeOn = today.AddDays(-9), LapsesOn = today.AddDays(3) }, _clock.GetUtcNow().AddDays(-5), "甲", "乙", "丙")], false, default);
        var watch = new PostgresArticleWatch(One, new PostgresArticleColumns(One));
        var pulse = await watch.PulseAsync(_clock.GetUtcNow().AddDays(-30), default);
        var tips = pulse.Single(p => p.Column.Code == "tips");
        Assert.That((tips.Public, tips.Dates.Single().MadeOn), Is.EqualTo((1, today.AddDays(-9))));
        Assert.That(pulse.Single(p => p.Column.Code == "news").LastAt, Is.Null);
        Assert.That((await watch.LapsingAsync(today, today.AddDays(30), default)).Single().LapsesOn, Is.EqualTo(today.AddDays(3)));
    }

    [Test]
    public async Task A_file_is_kept_once_and_read_by_every_host()
    {
        var (files, elsewhere) = (new PostgresArticleFiles(One), new PostgresArticleFiles(Other));
        var kept = await files.AddAsync("图.png", "image/png", [1, 2, 3], 4, 5, "bianji", default);
        var again = await elsewhere.AddAsync("别名.png", "image/png", [1, 2, 3], 4, 5, "bianji", default);
        Assert.That(again, Is.EqualTo(kept));
        Assert.That((await elsewhere.ReadAsync(kept.Id, default))!.Value.Content, Is.EqualTo(new byte[] { 1, 2, 3 }));
        await files.RememberAsync(kept.Id, "https://mmbiz.example/1", null, default);
        await elsewhere.RememberAsync(kept.Id, null, "media", default);
        Assert.That(await files.OnWeChatAsync(kept.Id, default), Is.EqualTo(("https://mmbiz.example/1", "media")));
    }

    private async Task<long> SavedAsync() => ((ArticleSaved.Kept)await _desk.SaveAsync(null, 0, Content(), s_editor, default)).Id;

    private async Task<long> SignedAsync(DateTimeOffset? at = null)
    {
        var id = await SavedAsync();
        await SignAsync(id, 1, at);
        return id;
    }

    private async Task<long> PublishedAsync()
    {
        var id = await SavedAsync();
        await PublishAsync(id, 1);
        return id;
    }

    private async Task PublishAsync(long id, int version)
    {
        await SignAsync(id, version, null);
        Assert.That(await _other.PublishAsync(id, version, default), Is.True);
    }

    private async Task SignAsync(long id, int version, DateTimeOffset? at)
    {
        await _desk.StepAsync(id, version, ArticleAct.Submit, s_editor, "", null, default);
        await _desk.StepAsync(id, version, ArticleAct.Approve, s_reviewer, "", null, default);
        await _desk.StepAsync(id, version, ArticleAct.Sign, s_signer, "", at, default);
    }

    private Task<StepTaken> StepAsync(long id, ArticleAct act, StaffMember by, string words = "") => _desk.StepAsync(id, 1, act, by, words, null, default);
}
