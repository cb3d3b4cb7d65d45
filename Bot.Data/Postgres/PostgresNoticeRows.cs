using System.Runtime.CompilerServices;
using Bot.Data.Notices;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Who a notice goes to, read back.</summary>
internal sealed class PostgresNoticeRows(NpgsqlDataSource db)
{
    private const int RowsAtOnce = 2_000;
    private const int Seconds = 30;

    public async Task<IReadOnlyList<NoticeRecipient>> RecipientsAsync(string id, RecipientStatus? status, int after, int limit, CancellationToken ct)
    {
        string[]? wanted = status switch
        {
            null => null,
            RecipientStatus.Queued => ["queued", "sending"],
            RecipientStatus.Sent => ["sent", "parked", "unknown"],
            { } one => [one.Stored()],
        };
        return await db.ReadAsync(
            $"""
            select r.row_number, r.openid, r.status, r.attempts, r.sent_at, r.finished_at, r.error_code, r.error_words
            from notice_recipient r
            where r.notice_id = (select id from notice where public_id = @id) and r.row_number > @after
                and (@wanted::text[] is null or r.status = any(@wanted)) {(status is RecipientStatus.Parked ? "and r.uncertain_since is not null" : "")}
            order by r.row_number limit @limit
            """, new { id, wanted, after, limit = Math.Clamp(limit, 1, 1000) }, NoticeSql.ReadRecipient, ct, Seconds);
    }

    public async Task<NoticeSample?> SampleAsync(string id, int? row, CancellationToken ct) => (await db.ReadAsync(
        """
        select r.openid, r.data from notice_recipient r
        where r.notice_id = (select id from notice where public_id = @id and erased_at is null) and r.openid <> ''
            and (@row::int is null or r.row_number = @row)
        order by r.row_number limit 1
        """, new { id, row },
        found => new NoticeSample(new OpenId(found.GetString(0)), NoticeSql.ReadData(found, 1)), ct)).SingleOrDefault();

    public async IAsyncEnumerable<NoticeRow> AllAsync(string id, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (after, piece) = (0, RowsAtOnce); piece == RowsAtOnce;)
        {
            var rows = await db.ReadAsync(
                """
                select r.row_number, r.openid, r.data from notice_recipient r
                where r.notice_id = (select id from notice where public_id = @id) and r.row_number > @after and r.openid <> ''
                order by r.row_number limit @RowsAtOnce
                """, new { id, after, RowsAtOnce },
                row => new NoticeRow(row.GetInt32(0), new OpenId(row.GetString(1)), NoticeSql.ReadData(row, 2)), ct, Seconds);
            foreach (var row in rows)
                yield return row;
            (after, piece) = (rows.Count == 0 ? after : rows[^1].Row, rows.Count);
        }
    }
}
