using System.Security.Cryptography;
using System.Text;
using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class MakingTests : NoticeFixture
{
    private static readonly Dictionary<string, string> s_bad = new(BenchTemplate.Data) { ["phrase2"] = "not Chinese" };

    [Test]
    public async Task The_same_key_and_body_get_the_same_answer()
    {
        var request = Request("key-1", "body");

        var first = Accepted(await Office.SendAsync(request, Rows(Good(1), Bad(2)), default));
        var again = Accepted(await Office.SendAsync(request, Rows(Good(1), Bad(2)), default));

        Assert.That((again.Id, again.Accepted, again.Repeated), Is.EqualTo((first.Id, 1, true)));
        Assert.That(again.Rejected, Is.EqualTo(first.Rejected));
        Assert.That(await Notices.ListAsync(new(), default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_with_another_body_is_a_conflict()
    {
        await Office.SendAsync(Request("key-1", "body"), BenchTemplate.Rows(1), default);

        Assert.That(await Office.SendAsync(Request("key-1", "other body"), BenchTemplate.Rows(1), default), Is.TypeOf<NoticeAnswer.KeyReused>());
        Assert.That(await Office.SendAsync(Request("key-1", "other body", "other api key"), BenchTemplate.Rows(1), default), Is.TypeOf<NoticeAnswer.Accepted>());
    }

    [Test]
    public async Task Many_at_once_with_one_key_make_one_notice()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Office.SendAsync(Request("key-1", "body"), BenchTemplate.Rows(50), default)));

        Assert.That(answers.Select(a => Accepted(a).Id).Distinct(), Has.Exactly(1).Items);
        Assert.That(answers.Count(a => !Accepted(a).Repeated), Is.EqualTo(1));
    }

    [Test]
    public async Task The_answer_stays_the_same_after_the_template_has_gone()
    {
        var first = Accepted(await Office.SendAsync(Request("key-1", "body"), BenchTemplate.Rows(1), default));
        await Get<INoticeTemplates>().SyncAsync([], new Dictionary<string, string>(), default);

        Assert.That(Accepted(await Office.SendAsync(Request("key-1", "body"), BenchTemplate.Rows(1), default)).Id, Is.EqualTo(first.Id));
        Assert.That(await Office.SendAsync(Request("key-2", "body"), BenchTemplate.Rows(1), default), Is.TypeOf<NoticeAnswer.Refused>());
    }

    [Test]
    public async Task Bad_rows_are_told_by_number_and_reason_and_the_others_go()
    {
        var made = Accepted(await Office.SendAsync(
            BenchTemplate.Request(NoticeLane.Bulk),
            Rows(
                Good(1), Bad(2), new(3, "", BenchTemplate.Data), new(4, new string('x', 129), BenchTemplate.Data),
                new(5, "o-5", new Dictionary<string, string>()), new(6, "o-6", new Dictionary<string, string>(BenchTemplate.Data) { ["thing9"] = "x" }),
                new(7, "o\0", BenchTemplate.Data)), default));

        Assert.That(made.Accepted, Is.EqualTo(1));
        Assert.That(made.Rejected.Select(r => r.Row), Is.EqualTo([2, 3, 4, 5, 6, 7]));
        Assert.That(made.Rejected[0].Reason, Is.EqualTo("phrase2：只能填五个以内的汉字").Or.StartsWith("phrase2："));
        Assert.That(made.Rejected[3].Reason, Does.Contain("thing1：缺少该字段").And.Contain("time3：缺少该字段"));
        Assert.That(made.Rejected[4].Reason, Does.Contain("thing9：模板没有该字段"));
        Assert.That((await CountsAsync(made.Id)).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_made_when_no_row_is_good()
    {
        var answer = (NoticeAnswer.Refused)await Office.SendAsync(BenchTemplate.Request(NoticeLane.Bulk), Rows(Bad(1), Bad(2)), default);

        Assert.That((answer.Problems.Keys.Single(), answer.Rows.Count), Is.EqualTo(("recipients", 2)));
        Assert.That(await Notices.ListAsync(new(), default), Is.Empty);
    }

    [Test]
    public async Task Problems_of_the_request_are_told_before_its_rows_are_read()
    {
        var request = BenchTemplate.Request(NoticeLane.Single) with { Template = "none", Url = "javascript:alert(1)", Reference = new string('x', 129) };

        var answer = (NoticeAnswer.Refused)await Office.SendAsync(request, Unreadable(), default);

        Assert.That(answer.Problems.Keys, Is.EquivalentTo(["template", "url", "reference"]));
    }

    [Test]
    public async Task A_row_source_that_breaks_leaves_nothing_behind()
    {
        Assert.ThrowsAsync<IOException>(() => Office.SendAsync(BenchTemplate.Request(NoticeLane.Bulk), Breaking(5_000), default));

        Assert.That(await Notices.ListAsync(new(), default), Is.Empty);
    }

    [Test]
    public async Task Values_are_made_to_fit_for_the_bots_own_notices()
    {
        var data = new Dictionary<string, string>(BenchTemplate.Data) { ["thing1"] = new string('长', 30) };
        var request = BenchTemplate.Request(NoticeLane.Single) with { Origin = NoticeOrigin.Flow, Fit = true };

        Accepted(await Office.SendAsync(request, new OpenId("o-1"), data, default));

        var row = (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single();
        Assert.That(row.Data["thing1"], Is.EqualTo(new string('长', 19) + "…"));
    }

    [Test]
    public async Task Keeps_many_rows_and_pages_through_them()
    {
        var id = await MakeAsync(4_500);

        List<int> seen = [];
        while (await Notices.RecipientsAsync(id, RecipientStatus.Queued, seen.LastOrDefault(), 1000, default) is { Count: > 0 } page)
            seen.AddRange(page.Select(r => r.Row));

        Assert.That(seen, Is.EqualTo(Enumerable.Range(1, 4_500)));
        Assert.That((await Notices.FindAsync(id, default))!.Recipients, Is.EqualTo(4_500));
    }

    [Test]
    public async Task A_file_that_was_used_before_is_recognised()
    {
        var hash = SHA256.HashData("file"u8);
        await Office.SendAsync(BenchTemplate.Request(NoticeLane.Bulk) with { SourceHash = hash }, BenchTemplate.Rows(1), default);

        Assert.That(await Notices.SeenAsync(hash, Clock.GetUtcNow().AddDays(-1), default), Is.Not.Null);
        Assert.That(await Notices.SeenAsync(hash, Clock.GetUtcNow().AddMinutes(1), default), Is.Null);
        Assert.That(await Notices.SeenAsync(SHA256.HashData("other"u8), Clock.GetUtcNow().AddDays(-1), default), Is.Null);
    }

    [Test]
    public async Task Lists_the_newest_first_and_pages()
    {
        string[] ids = [await MakeAsync(1), await MakeAsync(1, NoticeOrigin.Console), await MakeAsync(1)];

        var first = await Notices.ListAsync(new(Limit: 2), default);
        var next = await Notices.ListAsync(new(Limit: 2, Before: first[^1].Id), default);

        Assert.That(first.Concat(next).Select(n => n.Id), Is.EqualTo(ids.Reverse()));
        Assert.That((await Notices.ListAsync(new(NoticeStatus.Draft), default)).Single().Id, Is.EqualTo(ids[1]));
    }

    private static NoticeMade.Made Accepted(NoticeAnswer answer) => ((NoticeAnswer.Accepted)answer).Notice;

    private static NoticeRequest Request(string key, string body, string apiKey = "api key") =>
        BenchTemplate.Request(NoticeLane.Bulk) with { Idempotency = new(apiKey, key, SHA256.HashData(Encoding.UTF8.GetBytes(body))) };

    private static RequestedRow Good(int row) => new(row, $"o-{row}", BenchTemplate.Data);

    private static RequestedRow Bad(int row) => new(row, $"o-{row}", s_bad);

    private static IAsyncEnumerable<RequestedRow> Rows(params RequestedRow[] rows) => rows.ToAsyncEnumerable();

    private static async IAsyncEnumerable<RequestedRow> Unreadable()
    {
        await Task.CompletedTask;
        if (Environment.TickCount64 >= 0)
            throw new AssertionException("The rows were read.");
        yield break;
    }

    private static async IAsyncEnumerable<RequestedRow> Breaking(int after)
    {
        await foreach (var row in BenchTemplate.Rows(after))
            yield return row;
        throw new IOException("the upload broke off");
    }
}
