using Bot.Data.Appointments;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Writes halls, services, counters and rules.</summary>
internal static class AppointmentSetupSql
{
    public static async Task ImportAsync(NpgsqlDataSource db, AppointmentImport import, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // One import at a time: hosts that start together bring the same file.
        await connection.ExecuteAsync(new CommandDefinition("lock table branch in share row exclusive mode", transaction: transaction, cancellationToken: ct));
        foreach (var department in import.Departments)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into department (code, name, parent, phone, active) values (@Code, @Name, @Parent, @Phone, @Active) on conflict do nothing",
                department, transaction, cancellationToken: ct));
        }

        var known = (await connection.QueryAsync<string>(new CommandDefinition("select code from branch", transaction: transaction, cancellationToken: ct))).ToHashSet();
        foreach (var branch in import.Branches.Where(b => !known.Contains(b.Code)))
            await SaveAsync(connection, transaction, branch, ct);
        var services = (await connection.QueryAsync<string>(new CommandDefinition("select code from service_item", transaction: transaction, cancellationToken: ct))).ToHashSet();
        foreach (var service in import.Services.Where(s => !services.Contains(s.Code)))
            await SaveAsync(connection, transaction, service, ct);
        foreach (var group in import.Groups.Where(g => !known.Contains(g.Branch)))
            await SaveAsync(connection, transaction, group with { Id = 0 }, ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }

    public static Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Branch branch, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into branch (code, department, name, address, transport, phone, latitude, longitude, active)
            values (@Code, @Department, @Name, @Address, @Transport, @Phone, @Latitude, @Longitude, @Active)
            on conflict (code) do update set department = excluded.department, name = excluded.name, address = excluded.address, transport = excluded.transport,
                phone = excluded.phone, latitude = excluded.latitude, longitude = excluded.longitude, active = excluded.active
            """, branch, transaction, cancellationToken: ct));

    public static Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ServiceItem service, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into service_item (code, department, name, aliases, guide, minutes, position, active)
            values (@Code, @Department, @Name, @aliases, @Guide, @Minutes, @Position, @Active)
            on conflict (code) do update set department = excluded.department, name = excluded.name, aliases = excluded.aliases, guide = excluded.guide,
                minutes = excluded.minutes, position = excluded.position, active = excluded.active
            """,
            new
            {
                service.Code, service.Department, service.Name, aliases = service.Aliases.ToArray(), service.Guide, service.Minutes, service.Position, service.Active,
            }, transaction, cancellationToken: ct));

    public static async Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CounterGroup group, CancellationToken ct)
    {
        var id = group.Id != 0 ? group.Id : await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into counter_group (branch, name, letter, slot_minutes, per_counter, active)
            values (@Branch, @Name, @Letter, @SlotMinutes, @PerCounter, @Active) returning id
            """, new { group.Branch, group.Name, group.Letter, group.SlotMinutes, group.PerCounter, group.Active }, transaction, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update counter_group set name = @Name, letter = @Letter, slot_minutes = @SlotMinutes, per_counter = @PerCounter, reserved = @Reserved, active = @Active where id = @id;
            delete from opening where counter_group = @id;
            insert into opening (counter_group, weekday, opens, closes, counters)
            select @id, w, o, c, n from unnest(@weekdays, @opens, @closes, @open) as t (w, o, c, n);
            delete from service_offer where counter_group = @id;
            insert into service_offer (counter_group, service) select @id, s from unnest(@services) s;
            update counter set active = false where counter_group = @id;
            insert into counter (counter_group, name) select @id, n from unnest(@counters) n
            on conflict (counter_group, name) do update set active = true
            """,
            new
            {
                id, group.Name, group.Letter, group.SlotMinutes, group.PerCounter, group.Reserved, group.Active,
                weekdays = group.Openings.Select(o => (short)o.Weekday).ToArray(), opens = group.Openings.Select(o => o.Opens).ToArray(),
                closes = group.Openings.Select(o => o.Closes).ToArray(), open = group.Openings.Select(o => o.Counters).ToArray(),
                services = group.Services.ToArray(), counters = group.Counters.ToArray(),
            }, transaction, cancellationToken: ct));
    }

    public static Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, BookingRules rules, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update booking_rules set per_day = @PerDay, per_week = @PerWeek, one_per_service = @OnePerService, days_ahead = @DaysAhead, book_minutes = @BookMinutes,
                change_minutes = @ChangeMinutes, hold_minutes = @HoldMinutes, offer_minutes = @OfferMinutes, early_minutes = @EarlyMinutes,
                late_minutes = @LateMinutes, no_shows = @NoShows, ban_days = @BanDays, per_account = @PerAccount, waits_per_account = @WaitsPerAccount,
                offers_from = @OffersFrom, offers_until = @OffersUntil, people_per_day = @PeoplePerDay
            """, rules, transaction, cancellationToken: ct));
}
