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
    private const int MostCounted = 1000;
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_known = TimeSpan.FromDays(90);
    private static readonly byte[] s_elsewhere = HashOf("");

    public async Task<SignInTry> BeginAsync(string name, SignInPlace place, CancellationToken ct)
    {
        var (hash, now, free) = (HashOf(name), clock.GetUtcNow(), await PlacesAsync(name, place, ct));
        var places = free.Select(p => p.Place).ToArray();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into sign_in_try (name_hash, place_hash) select @hash, place from unnest(@places) place order by place on conflict do nothing",
            new { hash, places }, transaction, cancellationToken: ct));
        var before = await connection.ReadAsync(transaction,
            "select place_hash, failures, failed_at from sign_in_try where name_hash = @hash and place_hash = any(@places) order by place_hash for update", new { hash, places },
            row => (Place: row.GetFieldValue<byte[]>(0), Failures: row.GetInt32(1), FailedAt: row.Time(2)), ct);
        SignInCount[] counts =
        [
            .. before.Select(c => new SignInCount(
                c.Place, c.FailedAt > now - s_remembered ? c.Failures : 0, c.FailedAt, free.First(p => p.Place.AsSpan().SequenceEqual(c.Place)).Free)),
        ];
        if (RestsUntil(counts, now) is { } until)
            return new(name, until, now);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update sign_in_try t set failures = c.failures, failed_at = @now
            from unnest(@places, @failures) c (place, failures) where t.name_hash = @hash and t.place_hash = c.place
            """,
            new
            {
                hash, places = counts.Select(c => c.Place).ToArray(), failures = counts.Select(c => Math.Min(c.Failures, MostCounted) + 1).ToArray(), now = now.UtcDateTime,
            }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return new(name, null, now) { Before = counts };
    }

    public async Task<DateTimeOffset?> WrongAsync(SignInTry begun, string? act, CancellationToken ct)
    {
        if (act is not null)
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            await AuditSql.WriteAsync(connection, null, new(begun.Name, act, "staff", begun.Name), ct);
        }

        return RestsUntil(begun.Before.Select(c => c with { Failures = c.Failures + 1, FailedAt = begun.At }), clock.GetUtcNow());
    }

    public Task RightAsync(SignInTry begun, CancellationToken ct) => db.RunAsync(
        """
        update sign_in_try t set failures = greatest(t.failures - 1, 0), failed_at = case when t.failed_at = @at then b.failed_at else t.failed_at end
        from unnest(@places, @failed) b (place, failed_at) where t.name_hash = @name and t.place_hash = b.place
        """,
        new
        {
            name = HashOf(begun.Name), at = begun.At.UtcDateTime, places = begun.Before.Select(c => c.Place).ToArray(), failed = begun.Before.Select(c => c.FailedAt?.UtcDateTime).ToArray(),
        }, ct);

    public Task WelcomeAsync(string name, SignInPlace place, CancellationToken ct) => db.RunAsync(
        """
        insert into sign_in_try (name_hash, place_hash, welcome_at) select @name, place, @now from unnest(@places) place order by place
        on conflict (name_hash, place_hash) do update set failures = 0, failed_at = null, welcome_at = @now
        """, new { name = HashOf(name), places = new[] { DeviceHash(place), NetworkHash(place) }, now = clock.GetUtcNow().UtcDateTime }, ct);

    // A browser that got in before answers for itself alone; then its network; what comes from neither is counted with all the others like it.
    private async Task<IReadOnlyList<(byte[] Place, int Free)>> PlacesAsync(string name, SignInPlace place, CancellationToken ct)
    {
        var (device, network) = (DeviceHash(place), NetworkHash(place));
        var known = await db.ReadAsync(
            "select place_hash from sign_in_try where name_hash = @name and place_hash = any(@places) and welcome_at > @since",
            new { name = HashOf(name), places = new[] { device, network }, since = (clock.GetUtcNow() - s_known).UtcDateTime }, row => row.GetFieldValue<byte[]>(0), ct);
        return known.Any(k => k.AsSpan().SequenceEqual(device)) ? [(device, FreeHere)]
            : known.Count > 0 ? [(network, FreeHere)]
            : [(network, FreeHere), (s_elsewhere, FreeElsewhere)];
    }

    private static DateTimeOffset? RestsUntil(IEnumerable<SignInCount> counts, DateTimeOffset now) => counts.Max(RestsUntil) is { } until && until > now ? until : null;

    private static DateTimeOffset? RestsUntil(SignInCount count) => count.Failures < count.Free ? null
        : count.FailedAt + TimeSpan.FromMinutes(Math.Min(s_longestRest.TotalMinutes, Math.Pow(2, Math.Min(count.Failures - count.Free, 10))));

    private static byte[] DeviceHash(SignInPlace place) => HashOf($"device {place.Device}");

    private static byte[] NetworkHash(SignInPlace place) => HashOf($"network {place.Network}");

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
