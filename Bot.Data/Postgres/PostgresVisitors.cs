using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresVisitors(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : IVisitors
{
    private const int Most = 8;
    private static readonly TimeSpan s_placeKept = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<KnownVisitor>> KnownAsync(OpenId citizen, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return await db.ReadAsync(
            "select id, name, id_number, phone, family from visitor where openid = @openid order by family, agreed_at desc limit @Most",
            new { openid = citizen.Value, Most },
            r => r.GetGuid(0) is var id && id.ToString("N") is var row ? new KnownVisitor(id, new(
                cipher.Open("visitor.name", row, r.GetFieldValue<byte[]>(1)), cipher.Open("visitor.id_number", row, r.GetFieldValue<byte[]>(2)),
                cipher.Open("visitor.phone", row, r.GetFieldValue<byte[]>(3)), r.GetBoolean(4))) : null!, ct);
    }

    public async Task RememberAsync(OpenId citizen, Visitor visitor, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var id = Guid.NewGuid();
        var row = id.ToString("N");
        await db.RunAsync(
            """
            insert into visitor (id, openid, person, name, id_number, phone, family, agreed_at)
            values (@id, @openid, @person, @name, @idNumber, @phone, @Family, @now)
            on conflict (openid, person) do update set id = excluded.id, name = excluded.name, id_number = excluded.id_number, phone = excluded.phone,
                family = excluded.family, agreed_at = excluded.agreed_at
            """,
            new
            {
                id, openid = citizen.Value, person = BookingSql.PersonOf(cipher, visitor.IdNumber), name = cipher.Seal("visitor.name", row, visitor.Name),
                idNumber = cipher.Seal("visitor.id_number", row, visitor.IdNumber), phone = cipher.Seal("visitor.phone", row, visitor.Phone), visitor.Family,
                now = clock.GetUtcNow().UtcDateTime,
            }, ct);
    }

    public Task<int> ForgetAsync(OpenId citizen, CancellationToken ct) => db.RunAsync("delete from visitor where openid = @openid", new { openid = citizen.Value }, ct);

    public Task NotePlaceAsync(OpenId citizen, double latitude, double longitude, CancellationToken ct) => db.RunAsync(
        """
        insert into citizen_place (openid, latitude, longitude, told_at) values (@openid, round(@latitude::numeric, 3), round(@longitude::numeric, 3), @now)
        on conflict (openid) do update set latitude = excluded.latitude, longitude = excluded.longitude, told_at = excluded.told_at;
        delete from citizen_place where told_at < @gone
        """,
        new { openid = citizen.Value, latitude, longitude, now = clock.GetUtcNow().UtcDateTime, gone = clock.GetUtcNow().UtcDateTime - s_placeKept }, ct);

    public async Task<(double Latitude, double Longitude)?> PlaceAsync(OpenId citizen, TimeSpan within, CancellationToken ct)
    {
        var places = await db.ReadAsync("select latitude::float8, longitude::float8 from citizen_place where openid = @openid and told_at >= @since",
            new { openid = citizen.Value, since = clock.GetUtcNow().UtcDateTime - within }, r => (r.GetDouble(0), r.GetDouble(1)), ct);
        return places.Count == 0 ? null : places[0];
    }
}
