using System.Data.Common;
using Bot.Data.Cases;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPublicCases(NpgsqlDataSource db, PostgresCases cases) : IPublicCases
{
    private const string Public =
        """
        select id, number, kind, category, department, state, public_title, public_story, public_reply, filed_at, answered_at, answer_by, published_at, adopted, adopted_at
        from case_file where publicity = 'public'
        """;

    public async Task<IReadOnlyList<PublicCase>> ListAsync(PublicCaseQuery query, long? before, int limit, CancellationToken ct) => await db.ReadAsync(
        $"""
        {Public} and (@before::bigint is null or (published_at, id) < (select published_at, id from case_file where id = @before))
            and (@categories::text[] is null or category = any(@categories)) and (@from::timestamptz is null or filed_at >= @from)
            and (@to::timestamptz is null or filed_at < @to)
            and (not @Adopted or adopted is not null)
            and (@open::boolean is null or @open = (state in ('filed', 'accepted', 'dispatched', 'handling')))
        order by published_at desc, id desc limit @limit
        """,
        new { before, categories = query.Categories is { Count: > 0 } some ? some.ToArray() : null, from = query.From?.UtcDateTime, to = query.To?.UtcDateTime, open = query.Open, query.Adopted, limit }, Read, ct);

    public async Task<PublicCase?> FindAsync(string number, CancellationToken ct) =>
        (await db.ReadAsync($"{Public} and number = @number", new { number }, Read, ct)).SingleOrDefault();

    public Task<CaseFile> FileAsync(NewCase filing, CancellationToken ct) => cases.FileAsync(filing, ct);

    public async Task<PublicCase?> FindFiledBySystemAsync(string number, CancellationToken ct) => (await db.ReadAsync(
        """
        select id, number, kind, category, department, state, '', '', null, filed_at, answered_at, answer_by, coalesce(closed_at, answered_at, accepted_at, filed_at), null::text, null::timestamptz
        from case_file where number = @number and filed_by_system and kind not in ('report', 'disclosure')
        """, new { number }, Read, ct)).SingleOrDefault();

    private static PublicCase Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Enum.Parse<CaseKind>(row.GetString(2), true), row.GetString(3), row.Text(4),
        Enum.Parse<CaseState>(row.GetString(5), true), row.GetString(6), row.GetString(7), row.Text(8), row.Time(9)!.Value,
        row.Time(10), row.Time(11)!.Value, row.Time(12)!.Value) { Adopted = row.Text(13), AdoptedAt = row.Time(14) };
}
