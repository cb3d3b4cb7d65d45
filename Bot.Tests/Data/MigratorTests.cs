using System.Globalization;
using Bot.Data;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Data;

public sealed class MigratorTests
{
    [Test]
    public async Task Applies_each_migration_once_when_many_hosts_start_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(migrated: false);

        var applied = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => new Migrator(database.ConnectionString).MigrateAsync(CancellationToken.None)));

        Assert.That(applied.SelectMany(names => names), Is.EqualTo(Migrator.Names));
        await using var connection = await database.DataSource.OpenConnectionAsync();
        Assert.That(
            await connection.QueryAsync<string>("select scriptname from schema_migration order by schemaversionsid"), Is.EqualTo(Migrator.Names));
    }

    [Test]
    public async Task Tells_the_newest_migration_of_a_database()
    {
        await using var empty = await TestDatabase.CreateAsync(migrated: false);
        await using var full = await TestDatabase.CreateAsync();

        Assert.That(await new Migrator(empty.ConnectionString).NewestAsync(CancellationToken.None), Is.Null);
        Assert.That(await new Migrator(full.ConnectionString).NewestAsync(CancellationToken.None), Is.EqualTo(Migrator.Newest));
    }

    [Test]
    public async Task Rolls_a_failed_migration_back_and_names_it()
    {
        await using var database = await TestDatabase.CreateAsync(migrated: false);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("create table keyword_reply ()");      // in the way of the second table of 0001

        var failed = Assert.ThrowsAsync<OperatorException>(() => new Migrator(database.ConnectionString).MigrateAsync(CancellationToken.None));

        Assert.That(failed.Message, Does.Contain("0001_foundation").And.Contain("keyword_reply"));
        Assert.That(await connection.ExecuteScalarAsync<string?>("select to_regclass('follower')::text"), Is.Null);
    }

    [Test]
    public async Task Waits_for_who_holds_a_table_without_having_others_wait_behind_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var holder = await database.DataSource.OpenConnectionAsync();
        await using var other = await database.DataSource.OpenConnectionAsync();
        await holder.ExecuteAsync($"delete from schema_migration where scriptname = '{Migrator.Newest}'; drop function slot_free");
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("lock table schema_migration in share mode", transaction: held);
        var migrating = new Migrator(database.ConnectionString).MigrateAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => WaitsAsync(true), "it needs what is held");
        await Eventually.IsTrueAsync(() => WaitsAsync(false), "and lets the others pass");
        Assert.That(migrating.IsCompleted, Is.False);
        await held.CommitAsync();
        Assert.That(await migrating, Is.EqualTo([Migrator.Newest]));

        async Task<bool> WaitsAsync(bool waits) => waits == await other.ExecuteScalarAsync<bool>(
            "select exists (select from pg_locks where not granted and relation = 'schema_migration'::regclass)");
    }

    [Test]
    public void Numbers_migrations_without_gaps_and_names_each_differently()
    {
        var names = Migrator.Names;

        Assert.That(names, Is.All.Match("^[0-9]{4}_[a-z0-9_]+$"));
        Assert.That(
            names.Select(name => int.Parse(name[..4], CultureInfo.InvariantCulture)), Is.EqualTo(Enumerable.Range(1, names.Count)));
        Assert.That(names.Select(name => name[5..]), Is.Unique);
    }
}
