using System.Security.Cryptography;
using Bot.Data.Policies;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Data.Postgres;

internal sealed class PostgresAttachments(NpgsqlDataSource db) : IAttachments
{
    public async Task<long> AddAsync(string name, string type, ReadOnlyMemory<byte> content, string addedBy, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            insert into attachment (name, type, content, sha256, added_by)
            values (@name, @type, @content, @sha256, @addedBy)
            returning id
            """, connection) { CommandTimeout = 30 };
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("type", type);
        command.Parameters.Add(new("content", NpgsqlDbType.Bytea) { Value = content });
        command.Parameters.AddWithValue("sha256", SHA256.HashData(content.Span));
        command.Parameters.AddWithValue("addedBy", addedBy);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<IReadOnlyList<AttachmentFile>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<AttachmentFile>(new CommandDefinition(
            """
            select id, name, type, octet_length(content) as size, encode(sha256, 'hex') as sha256
            from attachment where id = any(@ids)
            order by id
            """, new { ids = ids.ToArray() }, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<byte[]?> ReadAsync(long id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select content from attachment where id = @id", new { id }, commandTimeout: 30, cancellationToken: ct));
    }

    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from attachment a
            where added_at < now() - interval '1 day'
              and not exists (select from policy where attachments @> array[a.id])
              and not exists (select from policy_draft where content -> 'attachments' @> to_jsonb(a.id))
              and not exists (select from policy_version where content -> 'attachments' @> to_jsonb(a.id))
            """, cancellationToken: ct));
    }
}
