using Bot.Data.Cases;
using Bot.Data.Staff;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Who is behind the lines of a case, as colleagues may know it.</summary>
internal static class CasePeople
{
    private const int Others = 5;

    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(NpgsqlConnection connection, long id, CancellationToken ct) =>
        (await connection.ReadAsync(
            null,
            """
            select name, display_name from staff
            where name in (select actor from case_event where case_id = @id)
                or name in (select unnest(array[assignee, reply_by, extension_by, public_by]) from case_file where id = @id)
            """, new { id }, row => (row.GetString(0), row.GetString(1)), ct)).ToDictionary();

    public static async Task<IReadOnlyList<OtherCase>> OthersAsync(NpgsqlConnection connection, CaseFile file, StaffMember staff, CancellationToken ct) =>
        file.Anonymous || file.Kind is CaseKind.Report || !CaseRules.IsCentre(staff) ? [] : await connection.ReadAsync(
            null,
            """
            select c.number, c.category, c.state, c.filed_at
            from case_citizen own join case_citizen z on z.openid_hash = own.openid_hash and z.owner and z.case_id <> own.case_id
                join case_file c on c.id = z.case_id
            where own.case_id = @Id and own.owner and c.kind <> 'report' and not c.anonymous
            order by z.case_id desc limit @Others
            """, new { file.Id, Others },
            row => new OtherCase(row.GetString(0), row.GetString(1), Enum.Parse<CaseState>(row.GetString(2), ignoreCase: true), row.Time(3)!.Value), ct);

    /// <summary>The newest line, with the actor's display name.</summary>
    public static async Task<CaseEntry?> NewestAsync(NpgsqlConnection connection, long id, CancellationToken ct) => (await connection.ReadAsync(
        null,
        """
        select coalesce(s.display_name, e.actor), e.act, e.state, e.department, e.shown, e.at
        from case_event e left join staff s on s.name = e.actor where e.case_id = @id order by e.id desc limit 1
        """, new { id },
        row => new CaseEntry(row.GetString(0), row.GetString(1), Enum.Parse<CaseState>(row.GetString(2), ignoreCase: true), row.Text(3), "",
            row.GetBoolean(4)) { At = row.Time(5)!.Value }, ct)).SingleOrDefault();
}
