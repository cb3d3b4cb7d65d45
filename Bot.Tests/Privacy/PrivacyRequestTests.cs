using Bot.Data.Messages;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Data.Sessions;
using Bot.WeChat;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class PrivacyRequestTests : CitizenDataFixture
{
    private static readonly OpenId s_citizen = new("oErasedCitizen");
    private static readonly OpenId s_other = new("oOtherCitizen");

    [SetUp]
    public async Task Start()
    {
        foreach (var citizen in new[] { s_citizen, s_other })
        {
            await ExecuteAsync("insert into follower (openid, followed_at) values (@Value, now()); insert into notice_opt_out values (@Value, now())", new { citizen.Value });
            await Get<IPrivacyConsents>().GiveAsync(citizen, "booking", "v1", default);
            await Get<ICitizenMessages>().AddAsync(new NewCitizenMessage { Key = $"told:{(citizen == s_citizen ? 1 : 2)}", To = citizen, Words = $"办结通知 {citizen.Value}" }, default);
            var begun = await Get<ISessions>().BeginAsync(citizen, "1", "lease");
            Assert.That(begun.Status, Is.EqualTo(TurnStatus.Started));
            await Get<ISessions>().CommitAsync(citizen, "1", "lease", "form"u8.ToArray(), "reply"u8.ToArray());
        }
    }

    [Test]
    public async Task Erases_one_citizen_everywhere_and_touches_nobody_else()
    {
        var number = await Requests.AskEraseAsync(s_citizen, IPrivacyRequests.AskedByCitizen, null, DateTimeOffset.UtcNow, default);
        Assert.That(await Requests.AskEraseAsync(s_citizen, IPrivacyRequests.AskedByCitizen, null, DateTimeOffset.UtcNow, default), Is.EqualTo(number), "asked twice");
        Assert.That(await Requests.EraseAsync(number, default), Is.EqualTo(4));
        Assert.That(await Requests.EraseAsync(number, default), Is.Null, "done once");

        foreach (var table in await TablesAsync())
        {
            Assert.That(await CountAsync(table, s_citizen), Is.Zero, table);
            Assert.That(await CountAsync(table, s_other), table is "privacy_request" or "job" or "audit_entry" ? Is.Zero : Is.AnyOf(0, 1), table);
        }

        Assert.That(await CountAsync("follower", s_other), Is.EqualTo(1));
        Assert.That((await Get<ISessions>().BeginAsync(s_citizen, "2", "lease")).Payload.Length, Is.Zero, "the open form");
        Assert.That((await Get<ISessions>().BeginAsync(s_other, "2", "lease")).Payload.Length, Is.EqualTo(4));
        Assert.That(await AskAsync<int>("select count(*) from audit_entry where act = 'privacy.erase'"), Is.EqualTo(1));
        Assert.That(await AskAsync<int>("select count(*) from job where kind = 'privacy-erase'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Erased_at_the_second_try_it_tells_of_what_the_first_did()
    {
        var number = await Requests.AskEraseAsync(s_citizen, "system:erase", null, DateTimeOffset.UtcNow, default);
        var away = new PostgresPrivacyRequests(Database.DataSource, Get<IEnumerable<ICitizenRecords>>(), new Away());
        Assert.That(async () => await away.EraseAsync(number, default), Throws.TypeOf<TimeoutException>());
        Assert.That(await AskAsync<int>("select count(*) from privacy_request where done_at is not null"), Is.Zero);

        Assert.That(await Requests.EraseAsync(number, default), Is.EqualTo(4));
        Assert.That(await AskAsync<string>("select details ->> 'rows' from audit_entry where act = 'privacy.erase'"), Is.EqualTo("4"));
        Assert.That((await Get<ISessions>().BeginAsync(s_citizen, "2", "lease")).Payload.Length, Is.Zero, "the open form");
    }

    [Test]
    public async Task Shows_a_citizen_what_is_kept_about_them_and_nothing_of_others()
    {
        var key = await Requests.AskExportAsync(s_citizen, IPrivacyRequests.AskedByCitizen, DateTimeOffset.UtcNow.AddHours(1), default);
        var sections = (await Requests.ExportAsync(key, default))!;
        Assert.That(sections.Select(s => s.Title), Is.EqualTo(["发给您的消息", "通知退订记录", "关注情况", "隐私告知同意记录", "查阅和删除申请"]));
        var words = string.Join('\n', sections.SelectMany(s => s.Rows).SelectMany(row => row).Select(f => $"{f.Name}={f.Value}"));
        Assert.That(words, Does.Contain("内容=办结通知 oErasedCitizen").And.Contain("正在关注=是").And.Not.Contain(s_other.Value));
    }

    [Test]
    public async Task A_key_opens_nothing_once_it_lapsed_or_the_citizen_was_erased_or_when_it_was_guessed()
    {
        var lapsed = await Requests.AskExportAsync(s_citizen, IPrivacyRequests.AskedByCitizen, DateTimeOffset.UtcNow.AddSeconds(-1), default);
        var erased = await Requests.AskExportAsync(s_citizen, IPrivacyRequests.AskedByCitizen, DateTimeOffset.UtcNow.AddHours(1), default);
        await Requests.EraseAsync(await Requests.AskEraseAsync(s_citizen, IPrivacyRequests.AskedByCitizen, null, DateTimeOffset.UtcNow, default), default);
        foreach (var key in new[] { lapsed, erased, new string('A', 32), "" })
            Assert.That(await Requests.ExportAsync(key, default), Is.Null, key);
    }

    [Test]
    public async Task Remembers_which_version_of_the_notice_was_agreed_to()
    {
        Assert.That(await Get<IPrivacyConsents>().HasAsync(s_citizen, "booking", "v1", default), Is.True);
        Assert.That(await Get<IPrivacyConsents>().HasAsync(s_citizen, "booking", "v2", default), Is.False);
        Assert.That(await Get<IPrivacyConsents>().HasAsync(s_citizen, "complaint", "v1", default), Is.False);
    }

    /// <summary>Redis does not answer.</summary>
    private sealed class Away : ISessionErasure
    {
        public Task ForgetAsync(OpenId citizen) => throw new TimeoutException("away");
    }

    private IPrivacyRequests Requests => Get<IPrivacyRequests>();

    private async Task<string[]> TablesAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select relid::regclass::text from pg_stat_user_tables")];
    }

    // Anywhere in the row, whatever the column is called.
    private Task<int> CountAsync(string table, OpenId citizen) =>
        AskAsync<int>($"select count(*) from {table} t where t::text like '%{citizen.Value}%'");
}
