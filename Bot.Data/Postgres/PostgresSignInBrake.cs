using System.Security.Cryptography;
using System.Text;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSignInBrake(NpgsqlDataSource db, TimeProvider clock) : ISignInBrake
{
    // From there on 1 minute, then 2, 4, 8 and at most 15: a thousand guesses take ten days.
    private const int FreeHere = 5;
    private const int FreeElsewhere = 25;
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_known = TimeSpan.FromDays(90);
    private static readonly byte[] s_elsewhere = HashOf("");

    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<DateTimeOffset?> RestsUntilAsync(string name, SignInPlace place, CancellationToken ct) =>
        Latest((await CountsAsync(name, place, ct)).Where(c => c.FailedAt > Now - s_remembered));

    public async Task<DateTimeOffset?> FailedAsync(string name, SignInPlace place, string? act, CancellationToken ct)
    {
        var counts = await CountsAsync(name, place, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var failures = await connection.QueryAsync<int>(new CommandDefinition(
            """
            insert into sign_in_try as t (name_hash, place_hash, failures, failed_at)
            select @name, place, 1, @now from unnest(@places) with ordinality p (place, n) order by n
            on conflict (name_hash, place_hash) do update
                set failures = case when t.failed_at > @since then least(t.failures, 1000) + 1 else 1 end, failed_at = @now
            returning failures
            """, new { name = HashOf(name), places = counts.Select(c => c.Place).ToArray(), now = Now.UtcDateTime, since = (Now - s_remembered).UtcDateTime }, transaction, cancellationToken: ct));
        if (act is not null)
            await AuditSql.WriteAsync(connection, transaction, new(name, act, "staff", name), ct);
        await transaction.CommitAsync(ct);
        return Latest(counts.Zip(failures, (count, now) => count with { Failures = now, FailedAt = Now }));
    }

    public Task WelcomeAsync(string name, SignInPlace place, CancellationToken ct) => db.RunAsync(
        """
        insert into sign_in_try (name_hash, place_hash, welcome_at) select @name, place, @now from unnest(@places) place
        on conflict (name_hash, place_hash) do update set failures = 0, failed_at = null, welcome_at = @now
        """, new { name = HashOf(name), places = new[] { DeviceHash(place), NetworkHash(place) }, now = Now.UtcDateTime }, ct);

    // A browser that got in before answers for itself alone; then its network; what comes from neither is counted with all the others like it.
    private async Task<IReadOnlyList<Count>> CountsAsync(string name, SignInPlace place, CancellationToken ct)
    {
        var (device, network) = (DeviceHash(place), NetworkHash(place));
        var kept = await db.ReadAsync(
            "select place_hash, failures, failed_at, welcome_at from sign_in_try where name_hash = @name and place_hash = any(@places)",
            new { name = HashOf(name), places = new[] { device, network, s_elsewhere } },
            row => (Count: new Count(row.GetFieldValue<byte[]>(0), row.GetInt32(1), NoticeSql.Time(row, 2), FreeHere), Known: NoticeSql.Time(row, 3) > Now - s_known), ct);
        if (kept.FirstOrDefault(k => k.Known && k.Count.Place.AsSpan().SequenceEqual(device)) is { Count: { } own })
            return [own];
        var here = kept.FirstOrDefault(k => k.Count.Place.AsSpan().SequenceEqual(network));
        if (here.Known)
            return [here.Count];
        var elsewhere = kept.FirstOrDefault(k => k.Count.Place.AsSpan().SequenceEqual(s_elsewhere)).Count;
        return [here.Count ?? new(network, 0, null, FreeHere), new(s_elsewhere, elsewhere?.Failures ?? 0, elsewhere?.FailedAt, FreeElsewhere)];
    }

    private DateTimeOffset? Latest(IEnumerable<Count> counts) => counts.Max(c => c.RestsUntil) is { } until && until > Now ? until : null;

    private static byte[] DeviceHash(SignInPlace place) => HashOf($"device {place.Device}");

    private static byte[] NetworkHash(SignInPlace place) => HashOf($"network {place.Network}");

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed record Count(byte[] Place, int Failures, DateTimeOffset? FailedAt, int Free)
    {
        public DateTimeOffset? RestsUntil => Failures < Free ? null
            : FailedAt + TimeSpan.FromMinutes(Math.Min(s_longestRest.TotalMinutes, Math.Pow(2, Math.Min(Failures - Free, 10))));
    }
}
