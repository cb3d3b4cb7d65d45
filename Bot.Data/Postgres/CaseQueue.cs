using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>The lists that staff work from: pages by cursor, each read along one index however many cases there are.</summary>
internal static class CaseQueue
{
    private static readonly string[] s_open = ["filed", "accepted", "dispatched", "handling"];

    // What somebody may see, as CaseRules.Sees tells it. An officer's reports lie in their own department, too.
    private const string Visible =
        """
        (about is null or @department::text is null or about <> @department)
        and case when kind = 'report' then assignee = @name or (assignee is null and @centre)
            else @centre or (@officer and department = @department) end
        """;

    // Of all reports somebody sees a few: written so that their own index leads to them.
    private const string SeenReports = "and kind = 'report' and (assignee = @name or assignee is null)";

    // What somebody of the centre decides without seeing the report, while there is still something to decide.
    private static string AskedOfReports =>
        $"kind = 'report' and extension_days is not null and extension_by <> @name and (about is null or about is distinct from @department) and {Open}";

    public static async Task<CasePage> ListAsync(NpgsqlDataSource db, CaseQuery query, StaffMember staff, CancellationToken ct)
    {
        var limit = Math.Clamp(query.Limit, 1, 100);
        var (sql, parameters) = Page(query, staff, limit + 1);
        await using var connection = await db.OpenConnectionAsync(ct);
        var found = (await connection.QueryAsync<CaseFile>(new CommandDefinition(sql, parameters, cancellationToken: ct))).AsList();
        if (found.Count <= limit)
            return new(found, null);
        found.RemoveAt(limit);
        var last = found[^1];
        return new(found, string.Create(CultureInfo.InvariantCulture, $"{(query.Order is CaseOrder.Newest ? last.FiledAt : last.AnswerBy).UtcTicks / 10}.{last.Id}"));
    }

    /// <summary>One page of a list, and as many rows of it as are asked for.</summary>
    internal static (string Sql, object Parameters) Page(CaseQuery query, StaffMember staff, int most)
    {
        var (after, afterId) = Cursor(query.After);
        var newest = query.Order is CaseOrder.Newest;
        return (
            $"""
            select {CaseSql.Columns} from case_file
            where {Where(query.View)} and {Visible}
                {(CaseRules.IsCentre(staff) ? "" : "and department = @department")}
                {(query.State is null ? "" : "and state = @state")}
                {(query.Department is null ? "" : "and department = @of")}
                {(query.Category is null ? "" : "and category = @category")}
                {(query.Kind switch { null => "", CaseKind.Report => SeenReports, _ => "and kind = @kind" })}
                {(query.Number is null ? "" : "and number = @number")}
                {(after is null ? "" : newest ? "and (filed_at, id) < (@after, @afterId)" : "and (answer_by, id) > (@after, @afterId)")}
            order by {(newest ? "filed_at desc, id desc" : "answer_by, id")}
            limit @most
            """,
            new
            {
                name = staff.Name, department = staff.Department, centre = CaseRules.IsCentre(staff), officer = staff.Is(StaffRole.Officer),
                state = query.State?.Stored, of = query.Department, category = query.Category, kind = query.Kind?.Stored, number = query.Number,
                after = after?.UtcDateTime, afterId, most,
            });
    }

    public static async Task<IReadOnlyDictionary<CaseView, int>> CountAsync(NpgsqlDataSource db, StaffMember staff, CancellationToken ct)
    {
        CaseView[] views = [CaseView.Inbox, CaseView.Mine, CaseView.Open, CaseView.Urgent, CaseView.Waiting, CaseView.CallBack, CaseView.ToPublish];
        var own = CaseRules.IsCentre(staff) ? "" : "and department = @department";
        var sql = string.Join(" union all ", views.Select(view =>
            $"select {(int)view}, (select count(*)::integer from (select 1 from case_file where {Where(view)} and {Visible} {own} {(view is CaseView.Waiting ? $"or @centre and {AskedOfReports}" : "")} limit @most) few)"));
        var counts = await db.ReadAsync(
            sql,
            new
            {
                name = staff.Name, department = staff.Department, centre = CaseRules.IsCentre(staff), officer = staff.Is(StaffRole.Officer),
                most = ICaseDesk.MostCounted,
            }, row => ((CaseView)row.GetInt32(0), row.GetInt32(1)), ct);
        return counts.ToDictionary();
    }

    public static async Task<IReadOnlyList<AskedExtension>> ExtensionsOfReportsAsync(NpgsqlDataSource db, StaffMember staff, CancellationToken ct) =>
        !CaseRules.IsCentre(staff) ? [] : await db.ReadAsync(
            $"""
            select c.number, c.version, c.extension_days, c.extension_why, s.display_name, c.answer_by
            from (select * from case_file where {AskedOfReports}) c join staff s on s.name = c.extension_by
            order by c.answer_by, c.id limit 50
            """, new { name = staff.Name, department = staff.Department },
            row => new AskedExtension(row.GetString(0), row.GetInt32(1), row.GetInt16(2), row.GetString(3), row.GetString(4), row.Time(5)!.Value), ct);

    // Written out, not as parameters: the planner then sees that the partial indexes serve.
    private static string Where(CaseView view) => view switch
    {
        CaseView.All => "true",
        CaseView.Inbox => "state = 'filed'",
        CaseView.Mine => $"assignee = @name and {Open}",
        CaseView.Open => Open,
        CaseView.Urgent => $"escalation > 0 and {Open}",
        CaseView.Waiting => $"(reply_pending is not null or extension_days is not null) and {Open}",
        CaseView.CallBack => "call_back_due",
        CaseView.ToPublish => "publicity in ('wish', 'ready') and state in ('answered', 'rating', 'closed')",
        CaseView.Closed => "state = 'closed'",
    };

    private static string Open => $"state in ('{string.Join("', '", s_open)}')";

    private static (DateTimeOffset? After, long Id) Cursor(string? text) =>
        text?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && micros < DateTimeOffset.MaxValue.UtcTicks / 10
            ? (new DateTimeOffset(micros * 10, TimeSpan.Zero), last) : (null, 0);
}
