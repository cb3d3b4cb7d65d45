using Bot.Data.Staff;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFormOnce(NpgsqlDataSource db, TimeProvider clock) : IFormOnce
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // Whoever died in the middle leaves a row without an outcome; after a minute it is anybody's.
    public async Task<FormOutcome?> ClaimAsync(Guid key, long staff, CancellationToken ct)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            var now = clock.GetUtcNow();
            if (await db.RunAsync(
                """
                insert into form_once (key, staff, claimed_at) values (@key, @staff, @now)
                on conflict (key) do update set claimed_at = excluded.claimed_at
                where form_once.location is null and form_once.staff = excluded.staff and form_once.claimed_at < @now - interval '1 minute'
                """, new { key, staff, now = now.UtcDateTime }, ct) > 0)
                return null;
            var first = (await db.ReadAsync(
                "select location, toast from form_once where key = @key and staff = @staff", new { key, staff },
                row => (Location: row.Text(0), Toast: row.Text(1)), ct)).SingleOrDefault();
            if (first.Location is { } location)
                return new(location, first.Toast);
            if (clock.GetElapsedTime(since) >= s_patience)
                throw new TimeoutException("The same form is still at work");
            await Task.Delay(s_again, clock, ct);
        }
    }

    public Task RenewAsync(Guid key, CancellationToken ct) =>
        db.RunAsync("update form_once set claimed_at = @now where key = @key and location is null", new { key, now = clock.GetUtcNow().UtcDateTime }, ct);

    public Task DoneAsync(Guid key, FormOutcome outcome, CancellationToken ct) =>
        db.RunAsync("update form_once set location = @Location, toast = @Toast where key = @key", new { key, outcome.Location, outcome.Toast }, ct);

    public Task ReleaseAsync(Guid key, CancellationToken ct) => db.RunAsync("delete from form_once where key = @key and location is null", new { key }, ct);

    public Task ForgetAsync(DateTimeOffset time, CancellationToken ct) =>
        db.RunAsync("delete from form_once where claimed_at < @time", new { time = time.UtcDateTime }, ct);
}
