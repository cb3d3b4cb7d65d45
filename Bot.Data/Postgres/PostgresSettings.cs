using System.Globalization;
using Bot.Data.Settings;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSettings(NpgsqlDataSource db, TimeProvider clock) : ISettings
{
    public async Task<IReadOnlyList<StoredSetting>> AllAsync(CancellationToken ct) => await db.ReadAsync(
        "select s.key, s.value, coalesce(p.display_name, s.changed_by), s.changed_at from setting s left join staff p on p.name = s.changed_by order by s.key", new { },
        row => new StoredSetting(row.GetString(0), row.GetInt32(1), row.GetString(2), row.Time(3)!.Value), ct);

    public async Task<bool> SaveAsync(string key, int? was, int? value, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var parameters = new { key, was, value, name = by.Name, now = clock.GetUtcNow().UtcDateTime };
        var changed = await connection.ExecuteAsync(new CommandDefinition((was, value) switch
        {
            (null, _) => "insert into setting (key, value, changed_by, changed_at) select @key, @value, @name, @now where @value is not null on conflict (key) do nothing",
            (_, null) => "delete from setting where key = @key and value = @was",
            _ => "update setting set value = @value, changed_by = @name, changed_at = @now where key = @key and value = @was",
        }, parameters, transaction, cancellationToken: ct));
        if (changed == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(by.Name, "setting.change", "setting", key)
        {
            Details = new Dictionary<string, string?> { ["from"] = was?.ToString(CultureInfo.InvariantCulture), ["to"] = value?.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
