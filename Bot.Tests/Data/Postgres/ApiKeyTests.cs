using Bot.Data.ApiKeys;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Tests.Delivery;
using Dapper;
using NUnit.Framework;
using Npgsql;

namespace Bot.Tests.Data.Postgres;

/// <summary>A key and the webhook of its owner.</summary>
public sealed class ApiKeyTests : StoreFixture
{
    private PostgresApiKeys _keys = null!;
    private PostgresNoticeWebhooks _hooks = null!;

    [SetUp]
    public void Meet()
    {
        _keys = new(One, TimeProvider.System);
        _hooks = new(One, new PostgresFieldCiphers(One, MasterKeys.None, CipherSuite.Aes, TimeProvider.System), TimeProvider.System);
    }

    [Test]
    public async Task A_key_and_a_webhook_are_there_with_their_line_in_the_log_or_not_at_all()
    {
        var nobody = new string('x', 200);                    // more than the log takes
        Assert.That(() => _keys.AddAsync("供电系统", ApiKeyKind.Live, nobody, default), Throws.InstanceOf<PostgresException>());
        Assert.That((await _keys.ListAsync(default)).Where(k => k.Name == "供电系统"), Is.Empty);
        await _keys.AddAsync("供电系统", ApiKeyKind.Live, "test", default);
        var id = (await _keys.ListAsync(default)).Single(k => k.Name == "供电系统").Id;
        Assert.That(() => _hooks.SetAsync("live:供电系统", new("https://power.example.gov.cn/n"), nobody, default), Throws.InstanceOf<PostgresException>());
        Assert.That(() => _keys.RevokeAsync(id, nobody, default), Throws.InstanceOf<PostgresException>());
        Assert.That((await _keys.ListAsync(default)).Single(k => k.Id == id).RevokedAt, Is.Null);
        Assert.That((await _hooks.ListAsync(default)).Where(h => h.Owner == "live:供电系统"), Is.Empty);
        await _keys.RevokeAsync(id, "test", default);
        Assert.That(await AskAsync<string>("select string_agg(act, ' ' order by id) from audit_entry where subject = 'live:供电系统'"), Is.EqualTo("api_key.add api_key.revoke"));
    }

    [Test]
    public async Task A_webhook_ends_with_the_last_key_of_its_owner()
    {
        await _keys.AddAsync("燃气系统", ApiKeyKind.Live, "test", default);
        await _keys.AddAsync("燃气系统", ApiKeyKind.Live, "test", default);
        await _keys.AddAsync("燃气系统", ApiKeyKind.Test, "test", default);
        await _hooks.SetAsync("live:燃气系统", new("https://gas.example.gov.cn/n"), "test", default);
        long[] live = [.. (await _keys.ListAsync(default)).Where(k => k is { Name: "燃气系统", Kind: ApiKeyKind.Live }).Select(k => k.Id)];

        await _keys.RevokeAsync(live[0], "test", default);
        Assert.That(await _hooks.ListAsync(default), Has.Count.EqualTo(1), "renewed");
        await _keys.RevokeAsync(live[1], "test", default);
        Assert.That(await _hooks.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_webhook_ends_with_the_last_keys_of_its_owner_though_they_are_revoked_at_once()
    {
        await _keys.AddAsync("供热系统", ApiKeyKind.Live, "test", default);
        await _keys.AddAsync("供热系统", ApiKeyKind.Live, "test", default);
        await _hooks.SetAsync("live:供热系统", new("https://heat.example.gov.cn/n"), "test", default);
        long[] live = [.. (await _keys.ListAsync(default)).Where(k => k.Name == "供热系统").Select(k => k.Id).Order()];

        // The first waits for its key's row; the second comes meanwhile.
        await using var connection = await Other.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select from api_key where id = @id for update", new { id = live[0] }, transaction);
        var first = _keys.RevokeAsync(live[0], "test", default);
        await Eventually.IsTrueAsync(async () => await WaitingAsync() == 1, "the first waits");
        var second = _keys.RevokeAsync(live[1], "test", default);
        await Eventually.IsTrueAsync(async () => second.IsCompleted || await WaitingAsync() == 2, "the second is done or waits, too");
        await transaction.CommitAsync();

        Assert.That(await Task.WhenAll(first, second), Is.All.True);
        Assert.That(await _hooks.ListAsync(default), Is.Empty);

        Task<int> WaitingAsync() =>
            AskAsync<int>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%api_key%'");
    }
}
