using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Audit;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCommentDesk(NpgsqlDataSource db) : ICommentDesk
{
    private const int SecondsToRead = 60;

    public async Task<(IReadOnlyList<CommentRow> Rows, int Total)> ListAsync(long consultation, CommentQuery query, int page, int size, CancellationToken ct)
    {
        var total = 0;
        var rows = await db.ReadAsync(
            $"""
            select {ConsultationSql.CommentColumns}, (count(*) over ())::integer from consultation_comment m
            where m.consultation = @consultation and (@state::text is null or m.state = @state) and (@Part::text is null or m.part = @Part)
                and (@Point::bigint is null or m.point = @Point) and (not @Flagged or m.flagged <> '{"{}"}') and (@Text = '' or position(@Text in m.words) > 0)
            order by m.id desc limit @size offset @skip
            """, new
            {
                consultation, state = query.State is { } state ? ConsultationSql.Stored(state) : null, query.Part, query.Point, query.Flagged, query.Text, size, skip = (page - 1) * size,
            }, r =>
            {
                total = r.GetInt32(12);
                return ConsultationSql.ReadComment(r);
            }, ct);
        return (rows, total);
    }

    public async Task<IReadOnlyList<CommentRow>> FindAsync(long consultation, IReadOnlyCollection<long> comments, CancellationToken ct) => await db.ReadAsync(
        $"select {ConsultationSql.CommentColumns} from consultation_comment m where m.consultation = @consultation and m.id = any(@ids) order by m.id",
        new { consultation, ids = comments.ToArray() }, ConsultationSql.ReadComment, ct);

    public async IAsyncEnumerable<CommentRow> AllAsync(long consultation, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"select {ConsultationSql.CommentColumns} from consultation_comment m where m.consultation = @consultation order by m.id", new { consultation },
            commandTimeout: SecondsToRead, cancellationToken: ct));
        while (await rows.ReadAsync(ct))
            yield return ConsultationSql.ReadComment(rows);
    }

    public Task<int> ShowAsync(long consultation, IReadOnlyDictionary<long, string> shown, StaffMember by, CancellationToken ct) => ActAsync(
        consultation, by, "consultation.show_comments",
        """
        update consultation_comment m set state = 'shown', shown_words = s.words, reason = null, judged_by = @by
        from unnest(@ids, @words) as s (id, words) where m.id = s.id and m.consultation = @consultation and m.state <> 'shown'
        """, new { consultation, ids = shown.Keys.ToArray(), words = shown.Values.ToArray(), by = by.Name }, ct);

    public Task<int> HideAsync(long consultation, IReadOnlyCollection<long> comments, string reason, StaffMember by, CancellationToken ct) => ActAsync(
        consultation, by, "consultation.hide_comments",
        """
        update consultation_comment m set state = 'hidden', reason = @reason, shown_words = null, judged_by = @by, point = case when @leftOut then null else point end
        where m.id = any(@ids) and m.consultation = @consultation
        """, new { consultation, ids = comments.ToArray(), reason, by = by.Name, leftOut = LeftOutReasons.All.Contains(reason) }, ct, reason);

    public async Task<int> GroupAsync(long consultation, IReadOnlyCollection<CommentGroup> groups, StaffMember by, CancellationToken ct)
    {
        var moved = 0;
        await WithOpenReportAsync(consultation, by, "consultation.group_comments", async (connection, transaction) =>
        {
            foreach (var group in groups)
            {
                var point = group.Point ?? await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    "insert into consultation_point (consultation, part, title) values (@consultation, @Part, @Title) returning id",
                    new { consultation, group.Part, group.Title }, transaction, cancellationToken: ct));
                moved += await connection.ExecuteAsync(new CommandDefinition(
                    """
                    update consultation_comment set point = @point
                    where id = any(@ids) and consultation = @consultation and part = @Part and point is null and not left_out
                        and exists (select from consultation_point p where p.id = @point and p.consultation = @consultation and p.part = @Part)
                    """, new { point, consultation, group.Part, ids = group.Comments.ToArray() }, transaction, cancellationToken: ct));
            }

            return moved;
        }, ct);
        return moved;
    }

    public async Task<bool> MoveAsync(long consultation, long comment, long? point, StaffMember by, CancellationToken ct) => await ActAsync(
        consultation, by, "consultation.move_comment",
        """
        update consultation_comment m set point = @point
        where m.id = @comment and m.consultation = @consultation and not m.left_out
            and (@point::bigint is null or exists (select from consultation_point p where p.id = @point and p.consultation = @consultation and p.part = m.part))
        """, new { consultation, comment, point }, ct) > 0;

    public async Task<bool> MergeAsync(long consultation, long point, long into, StaffMember by, CancellationToken ct) => point != into && await ActAsync(
        consultation, by, "consultation.merge_points",
        """
        update consultation_comment m set point = @into
        where m.point = @point and m.consultation = @consultation
            and exists (select from consultation_point p where p.id = @into and p.consultation = @consultation and p.part = m.part)
        """, new { consultation, point, into }, ct) > 0;

    public async Task<bool> AnswerAsync(long consultation, long point, string title, PointVerdict verdict, string answer, StaffMember by, CancellationToken ct) => await ActAsync(
        consultation, by, "consultation.answer_point",
        "update consultation_point set title = @title, verdict = @verdict, answer = @answer, answered_by = @by where id = @point and consultation = @consultation",
        new { consultation, point, title, verdict = ConsultationSql.Stored(verdict), answer, by = by.Name }, ct) > 0;

    public async Task<bool> TakeBackAsync(long consultation, long point, StaffMember by, CancellationToken ct) => await ActAsync(
        consultation, by, "consultation.take_back_answer",
        "update consultation_point set verdict = null, answer = '', answered_by = null where id = @point and consultation = @consultation and verdict is not null",
        new { consultation, point }, ct) > 0;

    private Task<int> ActAsync(long consultation, StaffMember by, string act, string sql, object parameters, CancellationToken ct, string? why = null) => WithOpenReportAsync(
        consultation, by, act, (connection, transaction) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)), ct, why);

    // What the public has been told stands; a point that lost its last comment is gone, but not with the answer that somebody wrote.
    private async Task<int> WithOpenReportAsync(
        long consultation, StaffMember by, string act, Func<NpgsqlConnection, NpgsqlTransaction, Task<int>> change, CancellationToken ct, string? why = null)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select true from consultation where id = @consultation and report_public_at is null for no key update", new { consultation }, transaction, cancellationToken: ct)))
        {
            return 0;
        }

        var changed = await change(connection, transaction);
        if (changed == 0 || await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from consultation_point p where p.consultation = @consultation and p.verdict is not null and not exists (select from consultation_comment m where m.point = p.id))",
            new { consultation }, transaction, cancellationToken: ct)))
        {
            return 0;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "delete from consultation_point p where p.consultation = @consultation and not exists (select from consultation_comment m where m.point = p.id)",
            new { consultation }, transaction, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, act, "consultation", consultation.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["count"] = changed.ToString(CultureInfo.InvariantCulture), ["reason"] = why },
        }, ct);
        await transaction.CommitAsync(ct);
        return changed;
    }
}
