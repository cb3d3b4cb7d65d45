using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseDrafts(NpgsqlDataSource db, CaseCitizens citizens, IFieldCiphers ciphers, CaseContents photos, TimeProvider clock) : ICaseDrafts
{
    private const string Field = "case_draft.form";

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(ICaseDrafts.KeptDays);

    // Long enough for a row to follow its file.
    private static readonly TimeSpan s_written = TimeSpan.FromDays(1);

    public async Task KeepAsync(OpenId citizen, string flow, Guid run, string form, CancellationToken ct)
    {
        var (cipher, hash) = (await ciphers.GetAsync(ct), await citizens.DraftHashAsync(citizen, flow, ct));
        await db.RunAsync(
            """
            insert into case_draft (openid_hash, run_id, form, kept_at) values (@hash, @run, @form, @now)
            on conflict (openid_hash) do update set run_id = excluded.run_id, form = excluded.form, kept_at = excluded.kept_at
            """, new { hash, run, form = cipher.Seal(Field, Convert.ToHexString(hash), form), now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    public async Task<CaseDraft?> FindAsync(OpenId citizen, string flow, CancellationToken ct)
    {
        var (cipher, hash) = (await ciphers.GetAsync(ct), await citizens.DraftHashAsync(citizen, flow, ct));
        return (await db.ReadAsync(
            "select run_id, form, kept_at from case_draft where openid_hash = @hash and kept_at > @since",
            new { hash, since = (clock.GetUtcNow() - s_kept).UtcDateTime },
            row => new CaseDraft(row.GetGuid(0), cipher.Open(Field, Convert.ToHexString(hash), row.GetFieldValue<byte[]>(1)), row.Time(2)!.Value), ct))
            .SingleOrDefault();
    }

    public async Task DropAsync(OpenId citizen, string flow, CancellationToken ct) =>
        await db.RunAsync("delete from case_draft where openid_hash = @hash", new { hash = await citizens.DraftHashAsync(citizen, flow, ct) }, ct);

    public async Task ForgetAsync(CancellationToken ct)
    {
        var old = new { since = (clock.GetUtcNow() - s_kept).UtcDateTime };
        await db.RunAsync("delete from case_draft where kept_at < @since", old, ct);
        await photos.DropLooseAsync("sent_at < @since", old, ct);
        await photos.SweepAsync(clock.GetUtcNow() - s_written, ct);
    }
}
