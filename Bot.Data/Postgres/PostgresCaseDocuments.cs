using System.Data.Common;
using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseDocuments(NpgsqlDataSource db, CaseContents contents) : ICaseDocuments
{
    private const string Columns = "d.id, d.name, d.type, d.size, d.sent_at";

    public async Task<IReadOnlyList<CaseDocument>> SentAsync(string number, CancellationToken ct) => await db.ReadAsync(
        $"select {Columns} from case_document d join case_file c on c.id = d.case_id where c.number = @number and d.sent_at is not null order by d.id",
        new { number }, Read, ct);

    public Task<(CaseDocument Document, byte[] Content)?> ReadSentAsync(string number, long id, CancellationToken ct) => ReadAsync(number, id, "d.sent_at is not null", ct);

    public async Task<(CaseDocument Document, byte[] Content)?> ReadAsync(string number, long id, StaffMember staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var file = await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {CaseSql.Columns} from case_file where number = @number", new { number }, cancellationToken: ct));
        return file is not null && CaseRules.Sees(staff, file) ? await ReadAsync(number, id, "true", ct) : null;
    }

    /// <summary>All of a case, with those that wait.</summary>
    public static Task<List<CaseDocument>> OfCaseAsync(NpgsqlConnection connection, long caseId, CancellationToken ct) =>
        connection.ReadAsync(null, $"select {Columns} from case_document d where d.case_id = @caseId order by d.id", new { caseId }, Read, ct);

    /// <returns>Of the documents that are to stay, those that there are.</returns>
    public static async Task<IReadOnlyList<long>> StayingAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, IReadOnlyList<long> kept, CancellationToken ct) => kept.Count == 0 ? [] : await connection.ReadAsync(
            transaction, "select id from case_document where case_id = @caseId and id = any(@kept) order by id", new { caseId, kept = kept.ToArray() }, row => row.GetInt64(0), ct);

    /// <summary>What an answer does to the documents, in its own transaction: new ones come, left out ones go, and all go out with it.</summary>
    /// <returns>Keys in the object store that are nobody's once it is committed.</returns>
    public async Task<IReadOnlyList<string>> FollowAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile after, CaseAct act, StaffMember by, DateTimeOffset now, CancellationToken ct)
    {
        if (!after.IsDisclosure || act is not (CaseAct.Reply or CaseAct.ApproveReply))
            return [];
        List<string> gone = [];
        if (act is CaseAct.Reply reply)
        {
            gone = [.. (await connection.ReadAsync(
                transaction, "delete from case_document where case_id = @Id and id <> all(@kept) returning object", new { after.Id, kept = reply.Kept.ToArray() },
                row => row.Text(0), ct)).OfType<string>()];
            foreach (var document in reply.Documents)
                await AddAsync(connection, transaction, after.Id, document, by, now, ct);
        }

        if (!after.State.IsOpen)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update case_document set sent_at = @now where case_id = @Id", new { after.Id, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        }

        return gone;
    }

    private async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, NewDocument document, StaffMember by, DateTimeOffset now, CancellationToken ct)
    {
        var (inRow, elsewhere) = await contents.PutAsync(string.Create(CultureInfo.InvariantCulture, $"case-document/{caseId}"), document.Type, document.Content, ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into case_document (case_id, name, type, size, content, object, added_by, added_at)
            values (@caseId, @Name, @Type, @size, @inRow, @elsewhere, @by, @now)
            """,
            new { caseId, document.Name, document.Type, size = document.Content.Length, inRow, elsewhere, by = by.Name, now = now.UtcDateTime },
            transaction, commandTimeout: 30, cancellationToken: ct));
    }

    private async Task<(CaseDocument Document, byte[] Content)?> ReadAsync(string number, long id, string which, CancellationToken ct)
    {
        var found = await db.ReadAsync(
            $"select {Columns}, d.content, d.object from case_document d join case_file c on c.id = d.case_id where c.number = @number and d.id = @id and {which}",
            new { number, id }, row => (Document: Read(row), Content: row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5), Key: row.Text(6)), ct, seconds: 30);
        return found is [var (document, content, key)] && await contents.GetAsync(content, key, ct) is { } bytes ? (document, bytes) : null;
    }

    private static CaseDocument Read(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Time(4));
}
