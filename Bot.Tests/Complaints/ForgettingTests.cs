using Bot.Data.Cases;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What a citizen is shown of their cases, and what is left when they are to be forgotten.</summary>
public sealed class ForgettingTests : CaseFixture
{
    private static readonly OpenId s_other = new("oNeighbour");

    private CaseRecords Records => Chat.Services.GetServices<ICitizenRecords>().OfType<CaseRecords>().Single();

    private ForgottenCases Forgotten => Chat.Get<ForgottenCases>();

    [Test]
    public async Task A_citizen_is_shown_all_that_they_filed_and_nothing_that_others_did()
    {
        var filed = await FiledAsync();
        await Cases.JoinAsync(s_other, filed.Id, Guid.NewGuid(), default);
        await PlaysAsync("> 投诉\n…\n> 1\n…\n> 公园的长椅坏了\n…");

        var own = await ShownAsync(Citizen);
        Assert.That(own, Does.Contain("我叫张三，电话13800138000").And.Contain("联系方式=张女士 13800138000").And.Contain("地点=幸福路3号").And.Contain("白天：门口最响"));
        Assert.That(own, Does.Contain("内容（原文）=打13900139000也行").And.Contain("种类=照片").And.Contain("内容=公园的长椅坏了"));
        var joined = await ShownAsync(s_other);
        Assert.That(joined, Does.Contain(filed.Number).And.Not.Contain("张").And.Not.Contain("幸福路"));
    }

    [Test]
    public async Task Whoever_is_erased_leaves_a_closed_case_without_their_words_and_an_open_one_until_it_is_closed()
    {
        var (closed, open) = (await FiledAsync(), await FiledAsync());
        await Cases.ActAsync(Citizen, closed.Number, new CaseAct.Withdraw("不想继续了"), Guid.NewGuid(), default);
        await Cases.JoinAsync(s_other, closed.Id, Guid.NewGuid(), default);

        await Records.EraseAsync(Citizen, default);
        Assert.That(await ShownAsync(Citizen), Is.Empty);
        Assert.That(await LeftAsync(closed), Is.EqualTo(("我叫[姓名]，电话[号码]，隔壁施工太吵", "", 0, 0)));
        Assert.That(await LeftAsync(open), Is.EqualTo(("我叫张三，电话138****8000，隔壁施工太吵", "幸福路3号", 1, 1)), "it is still to be handled");
        Assert.That(await AskAsync<int>("select count(*) from case_file where contact is not null or story_sealed is not null"), Is.Zero);
        Assert.That(await AskAsync<int>("select count(*) from case_event where words_sealed is not null"), Is.Zero);
        Assert.That(await AskAsync<int>("select count(*) from case_photo where openid_hash is not null"), Is.Zero);
        Assert.That(await AskAsync<string>($"select answers ->> 0 from case_file where id = {closed.Id}"), Does.Contain("门口最响"), "says nothing of anybody");

        await ExecuteAsync($"update case_file set state = 'closed', closed_at = now() where id = {open.Id}");
        await new PostgresRetention(Chat.Get<Npgsql.NpgsqlDataSource>(), Forgotten).ForgetAsync(new(), DateTimeOffset.UtcNow, default);
        Assert.That(await LeftAsync(open), Is.EqualTo(("我叫[姓名]，电话[号码]，隔壁施工太吵", "", 0, 0)));
    }

    [Test]
    public async Task After_its_time_nothing_leads_from_a_case_to_whoever_filed_or_joined_it()
    {
        var (old, young) = (await FiledAsync(), await FiledAsync());
        await Cases.JoinAsync(s_other, old.Id, Guid.NewGuid(), default);
        await ExecuteAsync($"update case_file set state = 'closed', closed_at = now() - interval '1 day' * case id when {old.Id} then 201 else 199 end");
        var before = new { before = DateTime.UtcNow.AddDays(-200) };
        Assert.That(await Forgotten.ForgetAsync("closed_at < @before", before, DateTimeOffset.UtcNow, default), Is.EqualTo(1));
        Assert.That(await Forgotten.ForgetAsync("closed_at < @before", before, DateTimeOffset.UtcNow, default), Is.Zero, "once");
        Assert.That(await LeftAsync(old), Is.EqualTo(("我叫[姓名]，电话[号码]，隔壁施工太吵", "", 0, 0)));
        Assert.That((await LeftAsync(young)).Photos, Is.EqualTo(1));
        Assert.That(await AskAsync<string>("select string_agg(case_id::text, ',') from case_citizen"), Is.EqualTo($"{young.Id}"));
    }

    private async Task<CaseFile> FiledAsync()
    {
        var run = Guid.NewGuid();
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, run, $"m-{run:N}", video: false, default);
        var filed = await Cases.FileAsync(
            new NewCase(run, Citizen, CaseKind.Complaint, "noise", "我叫张三，电话13800138000，隔壁施工太吵", [new("白天", "门口最响")], 30, 120, "幸福路3号", false, "张女士 13800138000", false), default);
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Add("打13900139000也行"), Guid.NewGuid(), default);
        return filed;
    }

    private async Task<string> ShownAsync(OpenId citizen) => string.Join(
        '\n', (await Records.ExportAsync(citizen, default)).SelectMany(s => s.Rows).SelectMany(row => row).Select(f => $"{f.Name}={f.Value}"));

    private async Task<(string Story, string Address, int Photos, int Lines)> LeftAsync(CaseFile file) => (
        (await AskAsync<string>($"select story from case_file where id = {file.Id}"))!, (await AskAsync<string>($"select address from case_file where id = {file.Id}"))!,
        await AskAsync<int>($"select count(*) from case_photo where case_id = {file.Id}"),
        await AskAsync<int>($"select count(*) from case_event where case_id = {file.Id} and actor = 'citizen' and words <> '' and act = 'add'"));
}
