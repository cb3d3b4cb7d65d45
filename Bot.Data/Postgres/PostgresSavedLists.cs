using Bot.Data.Staff;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSavedLists(NpgsqlDataSource db) : ISavedLists
{
    public async Task<IReadOnlyList<SavedList>> AllAsync(StaffMember person, string list, CancellationToken ct) => await db.ReadAsync(
        "select id, name, query from saved_list where staff = @Id and list = @list order by name", new { person.Id, list },
        row => new SavedList(row.GetInt64(0), row.GetString(1), row.GetString(2)), ct);

    public async Task<bool> SaveAsync(StaffMember person, string list, string name, string query, CancellationToken ct) => await db.RunAsync(
        """
        insert into saved_list (staff, list, name, query)
        select @Id, @list, @name, @query
        where (select count(*) from saved_list where staff = @Id and list = @list and name <> @name) < @Most
        on conflict (staff, list, name) do update set query = excluded.query
        """, new { person.Id, list, name, query, ISavedLists.Most }, ct) > 0;

    public async Task<bool> DeleteAsync(StaffMember person, long id, CancellationToken ct) =>
        await db.RunAsync("delete from saved_list where id = @saved and staff = @Id", new { person.Id, saved = id }, ct) > 0;
}
