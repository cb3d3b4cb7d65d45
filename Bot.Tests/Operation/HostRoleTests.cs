using Bot.Data;
using Bot.Data.Audit;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Operation;

/// <summary>The account that <c>deploy/roles.sql</c> makes for the hosts is enough for them, and too little to rewrite the audit log.</summary>
[NonParallelizable]
public sealed class HostRoleTests
{
    private const string Role = "bot_host";

    [Test]
    public async Task A_host_works_with_rights_that_cannot_change_what_the_audit_log_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var owner = await database.DataSource.OpenConnectionAsync();
        await owner.ExecuteAsync($"create role {Role} login");
        try
        {
            foreach (var _ in (int[])[1, 2])
                Assert.That(await new HostRole(database.ConnectionString).GrantAsync(default), Is.True);
            var account = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = Role }.ConnectionString;
            await using (var host = await Callback.HostAsync(WeChatMode.Plain, null, database, ("ConnectionStrings:Postgres", account)))
            {
                await host.SayAsync("oRole", "删除我的数据");
                Assert.That(await host.SayAsync("oRole", "1"), Does.StartWith("已收到您的删除申请"));
                await host.Services.GetRequiredService<IAuditLog>().WriteAsync(new("system:test", "case.accept", "case", "1"), default);
                Assert.That(await host.Services.GetRequiredService<IAuditTrail>().SealAsync(default), Is.Positive);
                Assert.That((await host.Services.GetRequiredService<IAuditTrail>().VerifyAsync(default)).BrokenAt, Is.Null);
            }

            Assert.That(await new HostRole(account).GrantAsync(default), Is.False, "no host gives itself rights");
            await using var hosts = NpgsqlDataSource.Create(account + ";Pooling=false");
            foreach (var forbidden in (string[])["update audit_entry set actor = 'x'", "delete from audit_entry", "truncate audit_entry", "alter table audit_entry disable trigger all", "drop table job"])
            {
                await using var command = hosts.CreateCommand(forbidden);
                Assert.That(async () => await command.ExecuteNonQueryAsync(),
                    Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege), forbidden);
            }
        }
        finally
        {
            await owner.ExecuteAsync($"drop owned by {Role}; drop role {Role}");
        }
    }
}
