using System.Globalization;
using Bot.Data.Menus;
using Bot.WeChat.Api;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresMenuDrafts(NpgsqlDataSource db, TimeProvider clock) : IMenuDrafts
{
    public async Task<MenuDraft?> FindAsync(CancellationToken ct) => (await db.ReadAsync(
        "select buttons, version, changed_by, changed_at, published, published_by, published_at from menu_draft", new { },
        row => new MenuDraft(
            MenuJson.Read(row.GetString(0)), row.GetInt32(1), row.GetString(2), row.Time(3)!.Value, row.Number(4), row.Text(5), row.Time(6)),
        ct)).SingleOrDefault();

    public async Task<bool> SaveAsync(IReadOnlyList<MenuButton> buttons, int version, string actor, CancellationToken ct) => await WriteAsync(
        """
        insert into menu_draft (buttons, version, changed_by, changed_at)
        select @json::json, 1, @actor, @now where @version = 0
        on conflict (id) do nothing
        returning version
        """,
        """
        update menu_draft set buttons = @json::json, version = version + 1, changed_by = @actor, changed_at = @now
        where version = @version
        returning version
        """, version == 0, new { json = MenuJson.Write(buttons), version, actor, now = clock.GetUtcNow().UtcDateTime }, "menu.change", actor, ct);

    public Task PublishedAsync(int version, string actor, CancellationToken ct) => WriteAsync(
        "", "update menu_draft set published = @version, published_by = @actor, published_at = @now returning version",
        first: false, new { version, actor, now = clock.GetUtcNow().UtcDateTime }, "menu.publish", actor, ct);

    private async Task<bool> WriteAsync(string insert, string update, bool first, object parameters, string act, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<int?>(new CommandDefinition(first ? insert : update, parameters, transaction, cancellationToken: ct)) is not { } version)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, act, "menu", version.ToString(CultureInfo.InvariantCulture)), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
