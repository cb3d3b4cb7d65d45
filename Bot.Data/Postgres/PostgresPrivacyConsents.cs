using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPrivacyConsents(NpgsqlDataSource db) : IPrivacyConsents
{
    public async Task<bool> HasAsync(OpenId citizen, string purpose, string version, CancellationToken ct) => (await db.ReadAsync(
        "select 1 from consent where openid = @Value and purpose = @purpose and version = @version",
        new { citizen.Value, purpose, version }, row => row.GetInt32(0), ct)).Count > 0;

    public Task GiveAsync(OpenId citizen, string purpose, string version, CancellationToken ct) => db.RunAsync(
        "insert into consent (openid, purpose, version) values (@Value, @purpose, @version) on conflict do nothing",
        new { citizen.Value, purpose, version }, ct);
}
