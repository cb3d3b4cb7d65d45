using System.Data.Common;
using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Notices;
using Bot.WeChat.Api;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeTemplates(NpgsqlDataSource db, PostgresDefinedTemplates defined) : INoticeTemplates
{
    internal const string Columns =
        """
        t.id, t.code, t.template_id, t.active, v.id, v.version, v.title, v.content, v.example, v.industry,
            array(select d.department from notice_template_department d where d.template = t.id order by d.department), t.category, t.defined
        """;

    internal const string Latest = "join notice_template_version v on v.template = t.id and v.version = t.version";

    private const string Select = $"select {Columns} from notice_template t {Latest}";

    public async Task<IReadOnlyList<NoticeTemplate>> AllAsync(CancellationToken ct) =>
        await db.ReadAsync($"{Select} order by t.code", new { }, Read, ct);

    public async Task<NoticeTemplate?> FindAsync(string codeOrId, CancellationToken ct) =>
        (await db.ReadAsync($"{Select} where t.code = @codeOrId or t.template_id = @codeOrId order by t.code = @codeOrId desc limit 1", new { codeOrId }, Read, ct))
        .SingleOrDefault();

    public async Task<TemplateVersion?> VersionAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync("select id, version, title, content, example, industry from notice_template_version where id = @id", new { id }, r => Version(r, 0), ct))
        .SingleOrDefault();

    public async Task<bool> NameAsync(long id, string code, string category, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var named = await connection.ExecuteAsync(new CommandDefinition(
                "update notice_template set code = @code, category = @category where id = @id", new { id, code, category }, transaction, cancellationToken: ct));
            if (named == 0)
                return false;
            await AuditSql.WriteAsync(connection, transaction, Act(by, "notice.template_rename", id, category.Length == 0 ? code : $"{code} {category}"), ct);
            await transaction.CommitAsync(ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation)
        {
            return false;
        }
    }

    public Task<TemplateDefinition> DefineAsync(DefinedTemplate template, string by, CancellationToken ct) => defined.DefineAsync(template, by, ct);

    public Task<bool> RetireAsync(long id, string by, CancellationToken ct) => defined.RetireAsync(id, by, ct);

    public async Task GoneAsync(string templateId, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var gone = await connection.ReadAsync(
            transaction, "update notice_template set active = false where template_id = @templateId and active returning id, code", new { templateId },
            row => (Id: row.GetInt64(0), Code: row.GetString(1)), ct);
        if (gone is not [var (id, code)])
            return;
        await AuditSql.WriteAsync(connection, transaction, Act("system:notice", "notice.template_gone", id, code), ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<FormerVersion>> FormerAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select v.template, v.version, v.title, v.content, v.made_at from notice_template_version v
        join notice_template t on t.id = v.template and v.version < t.version order by v.template, v.version desc limit 1000
        """, new { }, row => new FormerVersion(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.Time(4)!.Value), ct);

    public async Task AllowAsync(long id, IReadOnlyCollection<string> departments, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from notice_template_department where template = @id and department <> all(@departments);
            insert into notice_template_department (template, department)
            select t.id, d.code from notice_template t join department d on d.code = any(@departments) where t.id = @id
            on conflict do nothing
            """, new { id, departments = departments.ToArray() }, transaction, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, Act(by, "notice.template_allow", id, string.Join(' ', departments)), ct);
        await transaction.CommitAsync(ct);
    }

    internal static AuditAct Act(string by, string act, long id, string now) =>
        new(by, act, "notice_template", id.ToString(CultureInfo.InvariantCulture)) { Details = new Dictionary<string, string?> { ["now"] = now } };

    public async Task<TemplatesSynced> SyncAsync(IReadOnlyList<TemplateInfo> listed, IReadOnlyDictionary<string, string> codes, CancellationToken ct)
    {
        // Two templates may share a title; the code is the first one's.
        var titles = new HashSet<string>(StringComparer.Ordinal);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var counts = await connection.ReadAsync(
            transaction,
            """
            -- One host at a time: two that see the same new template would give it two codes.
            lock table notice_template in share row exclusive mode;
            with listed as (
                select * from unnest(@ids, @codes, @titles, @contents, @examples, @industries)
                    as l (template_id, code, title, content, example, industry)),
            -- An administrator may have called one T13.
            numbers as (
                select greatest(coalesce(max(id), 0), coalesce(max(substr(code, 2)::bigint) filter (where code ~ '^T[0-9]{1,15}$'), 0)) as highest from notice_template),
            added as (
                insert into notice_template (code, template_id, version)
                select case when l.code <> '' and not exists (select from notice_template t where t.code = l.code) then l.code
                       else 'T' || ((select highest from numbers) + row_number() over (order by l.template_id)) end,
                    l.template_id, 1
                from listed l where not exists (select from notice_template t where t.template_id = l.template_id)
                returning id, template_id),
            known as (
                select t.id, t.template_id, t.version, l.title, l.content, l.example, l.industry,
                    (v.title, v.content, v.industry) is distinct from (l.title, l.content, l.industry) as changed
                from notice_template t
                join notice_template_version v on v.template = t.id and v.version = t.version
                join listed l on l.template_id = t.template_id),
            versions as (
                insert into notice_template_version (template, version, title, content, example, industry)
                select a.id, 1, l.title, l.content, l.example, l.industry from added a join listed l on l.template_id = a.template_id
                union all
                select id, version + 1, title, content, example, industry from known where changed
                returning template),
            present as (
                update notice_template t set active = true, defined = false, version = t.version + k.changed::int
                from known k where k.id = t.id and (k.changed or not t.active or t.defined) returning t.id),
            gone as (
                update notice_template t set active = false
                where t.active and not t.defined and not exists (select from listed l where l.template_id = t.template_id) returning t.id)
            select (select count(*) from added)::int, (select count(*) from known where changed)::int, (select count(*) from gone)::int,
                (select count(*) from versions) + (select count(*) from present)
            """,
            new
            {
                ids = Column(listed, t => t.TemplateId, 128),
                codes = listed.Select(t => titles.Add(t.Title) ? codes.GetValueOrDefault(t.Title, "") : "").ToArray(),
                titles = Column(listed, t => t.Title, 200),
                contents = Column(listed, t => t.Content, 4000),
                examples = Column(listed, t => t.Example, 4000),
                industries = Column(listed, t => t.PrimaryIndustry, 200),
            },
            row => new TemplatesSynced(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), ct);
        await transaction.CommitAsync(ct);
        return counts.Single();
    }

    private static string[] Column(IReadOnlyList<TemplateInfo> listed, Func<TemplateInfo, string?> of, int most) =>
        [.. listed.Select(t => of(t) ?? "").Select(text => text.Length <= most ? text : text[..most])];

    internal static NoticeTemplate Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), Version(row, 4), row.GetFieldValue<string[]>(10), row.GetString(11), row.GetBoolean(12));

    private static TemplateVersion Version(DbDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt32(first + 1), row.GetString(first + 2), row.GetString(first + 3), row.GetString(first + 4), row.GetString(first + 5));
}
