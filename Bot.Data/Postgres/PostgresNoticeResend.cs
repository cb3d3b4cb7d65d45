using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Rows of unclear outcome, sent once more because a person says so. From then on they are like any row that came back.</summary>
internal sealed class PostgresNoticeResend(NpgsqlDataSource db, TimeProvider clock)
{
    private const int RowsAtOnce = 10_000;
    private const int Seconds = 30;

    public async Task<int> ResendAsync(string id, int? row, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.ReadAsync(
            transaction,
            """
            with held as (
                select r.notice_id, r.row_number from notice_recipient r
                where r.notice_id = (
                        select id from notice
                        where public_id = @id and status in ('sending', 'paused', 'done') and (expires_at is null or expires_at > @now) and erased_at is null)
                    and r.uncertain_since is not null and r.status = 'parked' and r.openid <> '' and (@row::int is null or r.row_number = @row)
                order by r.notice_id, r.row_number limit @RowsAtOnce for update skip locked)
            update notice_recipient r set
                status = 'queued', pending = true, attempts = 0, next_attempt_at = @now, uncertain_since = null, error_code = null, error_words = null
            from held h where r.notice_id = h.notice_id and r.row_number = h.row_number
            returning r.notice_id
            """, new { id, row, now, RowsAtOnce }, found => found.GetInt64(0), ct, Seconds);
        // After the rows and the tally, as results do, so that a last result cannot end the notice over these. It may have been cancelled meanwhile.
        if (rows.Count == 0 || await connection.ExecuteAsync(new CommandDefinition(
            """
            update notice set status = case when status = 'done' then 'sending' else status end, finished_at = null, settled_at = null
            where id = @number and status in ('sending', 'paused', 'done')
            """, new { number = rows[0] }, transaction, Seconds, cancellationToken: ct)) == 0)
            return 0;
        await AuditSql.WriteAsync(connection, transaction, NoticeAudit.Resent(by, id, row, rows.Count), ct);
        await connection.ExecuteAsync(new CommandDefinition(NoticeSql.Ring, transaction: transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return rows.Count;
    }
}
