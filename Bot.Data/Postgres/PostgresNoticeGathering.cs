using System.Runtime.CompilerServices;
using Bot.Data.Notices;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Lays a group's members beside the rows of its notice, in temporary tables of one connection; a million on each side are compared by two statements.</summary>
internal sealed class PostgresNoticeGathering(NpgsqlDataSource db, INoticeWatch watch, TimeProvider clock) : INoticeGathering
{
    private const int MembersAtOnce = 5_000;
    private const int Seconds = 300;

    public async Task<NoticeGroup?> WaitsForAsync(string notice, CancellationToken ct) => (await db.ReadAsync(
        "select group_kind, group_choice from notice where public_id = @notice and gathering and status = 'sending'", new { notice },
        row => new NoticeGroup(row.GetString(0), row.GetString(1)), ct)).SingleOrDefault();

    public async Task<NoticeGathered?> GatherAsync(string notice, IAsyncEnumerable<OpenId> members, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await RunAsync(
            "drop table if exists pg_temp.member, pg_temp.gone; create temp table member (openid text primary key); create temp table gone (row_number integer primary key)", new { });
        await foreach (var piece in PiecesAsync(members, ct))
            await RunAsync("insert into pg_temp.member select * from unnest(@piece) on conflict do nothing", new { piece });
        await RunAsync("analyze pg_temp.member", new { });
        return await FitAsync(connection, notice, ct);

        Task RunAsync(string sql, object parameters) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: Seconds, cancellationToken: ct));
    }

    private async Task<NoticeGathered?> FitAsync(NpgsqlConnection connection, string notice, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Nobody hands out or cancels fresh rows behind this lock. A host of an older release may have handed out some already: those are left as they are.
        if (await connection.ReadAsync(
            transaction,
            "select n.id, f.next_row from notice n join notice_fresh f on f.notice_id = n.id where n.public_id = @notice and n.gathering for update of f", new { notice },
            row => (Id: row.GetInt64(0), NextRow: row.GetInt32(1)), ct, Seconds) is not [var (id, nextRow)])
            return null;
        // Without statistics, as after a million new rows, the planner might compare each with each. The setting ends before any trigger plans with it.
        var left = await CountAsync(
            """
            set local enable_nestloop = off;
            insert into pg_temp.gone
            select r.row_number from notice_recipient r
            where r.notice_id = @id and r.row_number >= @nextRow and r.status = 'queued' and r.next_attempt_at is null
                and not exists (select from pg_temp.member m where m.openid = r.openid)
            """);
        await CountAsync(
            """
            delete from pg_temp.member m using notice_recipient r where r.notice_id = @id and r.openid = m.openid;
            set local enable_nestloop = on
            """);
        await CountAsync(
            """
            update notice_recipient r set status = 'cancelled', pending = false, finished_at = @now, error_words = '开始发送时已不在名单里，没有发送'
            from pg_temp.gone g where r.notice_id = @id and r.row_number = g.row_number
            """);
        var joined = await CountAsync(
            """
            insert into notice_recipient (notice_id, row_number, openid, data, single)
            select @id, x.last_row + row_number() over (order by m.openid), m.openid, x.data, false
            from pg_temp.member m
            -- All are told the same.
            cross join (
                select max(row_number) as last_row, (select data from notice_recipient where notice_id = @id order by row_number limit 1) as data
                from notice_recipient where notice_id = @id) x
            """);
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update notice set gathering = false, joined = @joined, recipients = recipients + @joined where id = @id and gathering and status in ('sending', 'paused')",
            new { id, joined }, transaction, Seconds, cancellationToken: ct)) == 0)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            $"{PostgresNoticeResults.Finish}; {NoticeSql.Ring}", new { ids = new[] { id }, now }, transaction, Seconds, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, NoticeAudit.Gathered(notice, left, joined), ct);
        await transaction.CommitAsync(ct);
        if (left > 0)
            watch.Moved(RecipientStatus.Cancelled, left);
        return new(left, joined);

        Task<int> CountAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, new { id, nextRow, now }, transaction, Seconds, cancellationToken: ct));
    }

    private static async IAsyncEnumerable<string[]> PiecesAsync(IAsyncEnumerable<OpenId> members, [EnumeratorCancellation] CancellationToken ct)
    {
        List<string> piece = [];
        await foreach (var member in members.WithCancellation(ct))
        {
            piece.Add(member.Value);
            if (piece.Count < MembersAtOnce)
                continue;
            yield return [.. piece];
            piece.Clear();
        }

        if (piece.Count > 0)
            yield return [.. piece];
    }
}
