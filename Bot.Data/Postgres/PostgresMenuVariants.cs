using Bot.Data.Menus;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresMenuVariants(NpgsqlDataSource db, TimeProvider clock) : IMenuVariants
{
    public async Task<IReadOnlyList<MenuVariant>> ListAsync(CancellationToken ct) => await db.ReadAsync(
        "select id, name, place, tag, tag_name, client, buttons, version from menu_variant order by place, id", new { },
        row => new MenuVariant(
            row.GetInt64(0), row.GetString(1), row.GetInt16(2), row.Number(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt16(5),
            MenuJson.Read(row.GetString(6)), row.GetInt32(7)), ct);

    public async Task<VariantSaved> SaveAsync(MenuVariant v, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // One at a time: their number is bounded.
        await connection.ExecuteAsync(new CommandDefinition("lock table menu_variant in share row exclusive mode", transaction: transaction, cancellationToken: ct));
        if (v.Id == 0 && await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from menu_variant", transaction: transaction, cancellationToken: ct)) >= IMenuVariants.Most)
            return VariantSaved.TooMany;
        try
        {
            var saved = await connection.ExecuteAsync(new CommandDefinition(
                v.Id == 0
                    ? """
                      insert into menu_variant (name, place, tag, tag_name, client, buttons, changed_by, changed_at)
                      values (@Name, @Place, @Tag, @TagName, @Client, @buttons::json, @actor, @now)
                      """
                    : """
                      update menu_variant set name = @Name, place = @Place, tag = @Tag, tag_name = @TagName, client = @Client, buttons = @buttons::json,
                          version = version + 1, changed_by = @actor, changed_at = @now
                      where id = @Id and version = @Version
                      """,
                new { v.Id, v.Name, v.Place, v.Tag, v.TagName, v.Client, buttons = MenuJson.Write(v.Buttons), v.Version, actor, now = clock.GetUtcNow().UtcDateTime },
                transaction, cancellationToken: ct));
            if (saved == 0)
                return VariantSaved.ChangedMeanwhile;
        }
        catch (PostgresException e) when (e.ConstraintName == "menu_variant_name_unique")
        {
            return VariantSaved.NameTaken;
        }

        await AuditSql.WriteAsync(connection, transaction, new(actor, "menu.change", "menu", v.Name), ct);
        await transaction.CommitAsync(ct);
        return VariantSaved.Saved;
    }

    public async Task<bool> DeleteAsync(long id, int version, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "delete from menu_variant where id = @id and version = @version returning name", new { id, version }, transaction, cancellationToken: ct)) is not { } name)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, "menu.change", "menu", name), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
