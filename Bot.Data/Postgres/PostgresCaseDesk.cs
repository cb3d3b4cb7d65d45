using System.Text.Json;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseDesk(
    NpgsqlDataSource db, CaseChanges changes, PostgresCaseDocuments documents, CaseContents contents, CaseOriginals originals, IFieldCiphers ciphers, TimeProvider clock) : ICaseDesk
{
    public Task<CasePage> ListAsync(CaseQuery query, StaffMember staff, CancellationToken ct) => CaseQueue.ListAsync(db, query, staff, ct);

    public Task<IReadOnlyDictionary<CaseView, int>> CountAsync(StaffMember staff, CancellationToken ct) => CaseQueue.CountAsync(db, staff, ct);

    public async Task<StaffCase?> FindAsync(string number, StaffMember staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        if (await ReadAsync(connection, number, ct) is not { } file || !CaseRules.Sees(staff, file))
            return null;
        var category = (await CaseCategorySql.ReadAsync(connection, null, file.Category, ct)).Single();
        var photos = await connection.ReadAsync(
            null, "select id, status, reason, video, sent_at from case_photo where case_id = @Id order by id", new { file.Id },
            row => new CasePhoto(row.GetInt64(0), row.GetString(1), row.Text(2), row.GetBoolean(3), row.Time(4)!.Value), ct);
        var joined = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from case_citizen where case_id = @Id and not owner", new { file.Id }, cancellationToken: ct));
        var into = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select number from case_file where id = @MergedInto", new { file.MergedInto }, cancellationToken: ct));
        var masked = CaseRules.SeesOriginal(staff, file) && await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            $"select {CaseOriginals.Any} from case_file where id = @Id", new { file.Id }, cancellationToken: ct));
        return new(
            file, category, await CaseSql.TimelineAsync(connection, file.Id, all: true, ct), photos,
            JsonSerializer.Deserialize<List<CaseAnswer>>(file.Answers, CaseCategorySql.Json) ?? [], joined, CaseRules.SeesContact(staff, file), into,
            await CasePeople.NamesAsync(connection, file.Id, ct), await CasePeople.OthersAsync(connection, file, staff, ct),
            file.IsDisclosure ? await PostgresCaseDocuments.OfCaseAsync(connection, file.Id, ct) : [])
        {
            SeesOriginal = masked,
        };
    }

    public async Task<CaseEntry?> ChangedSinceAsync(string number, int version, StaffMember staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        // Asked every few seconds: the story is read when there is news.
        if (await connection.ExecuteScalarAsync<int?>(new CommandDefinition("select version from case_file where number = @number", new { number }, cancellationToken: ct))
            is not { } newest || newest == version)
            return null;
        if (await ReadAsync(connection, number, ct) is not { } file || file.Version == version || !CaseRules.Sees(staff, file))
            return null;
        return await CasePeople.NewestAsync(connection, file.Id, ct);
    }

    public Task<IReadOnlyList<AskedExtension>> ExtensionsOfReportsAsync(StaffMember staff, CancellationToken ct) => CaseQueue.ExtensionsOfReportsAsync(db, staff, ct);

    public async Task<CaseOutcome> ActAsync(string number, int version, StaffMember staff, CaseAct act, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await CaseSql.LockAsync(connection, transaction, number, ct) is not { } file || !CaseRules.Reaches(staff, file, act))
            return new CaseOutcome.Refused(CaseRefusal.NotFound);
        if (file.Version != version)
            return new CaseOutcome.Refused(CaseRefusal.Stale);
        if (act is CaseAct.Merge merge && !await MergesAsync(connection, transaction, file, merge, staff, ct))
            return new CaseOutcome.Refused(CaseRefusal.NotFound);
        if (act is CaseAct.Reply reply)
            act = reply with { Kept = await PostgresCaseDocuments.StayingAsync(connection, transaction, file.Id, reply.Kept, ct) };
        var outcome = await changes.ApplyAsync(connection, transaction, file, staff, act, null, ct);
        if (outcome is not CaseOutcome.Changed changed)
            return outcome;
        await BesidesAsync(connection, transaction, file, staff, act, ct);
        var gone = await documents.FollowAsync(connection, transaction, changed.After, act, staff, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        // A host that dies here leaves a file that nothing names.
        foreach (var key in gone)
            await contents.DropAsync(key, ct);
        return outcome;
    }

    public async Task<string?> ContactAsync(string number, StaffMember staff, string reason, CancellationToken ct)
    {
        if (await RevealAsync(number, staff, CaseRules.SeesContact, "case.reveal_contact", reason, ct) is not { } file)
            return null;
        var sealedContact = await db.ReadAsync("select contact from case_file where id = @Id and contact is not null", new { file.Id }, row => row.GetFieldValue<byte[]>(0), ct);
        return sealedContact is [var value] ? (await ciphers.GetAsync(ct)).Open("case_file.contact", file.Number, value) : null;
    }

    public async Task<string?> OriginalAsync(string number, StaffMember staff, string reason, CancellationToken ct) =>
        await RevealAsync(number, staff, CaseRules.SeesOriginal, "case.reveal_words", reason, ct) is { } file ? await originals.ReadAsync(file.Id, ct) : null;

    // Written down before it is seen.
    private async Task<CaseFile?> RevealAsync(string number, StaffMember staff, Func<StaffMember, CaseFile, bool> sees, string act, string reason, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        if (await ReadAsync(connection, number, ct) is not { } file || !sees(staff, file) || reason.Length is 0 or > 200)
            return null;
        await AuditSql.WriteAsync(connection, null, new AuditAct(staff.Name, act, "case", file.Number) { Details = new Dictionary<string, string?> { ["reason"] = reason } }, ct);
        return file;
    }

    public Task<IReadOnlyList<StaffMember>> ColleaguesAsync(string? department, CancellationToken ct) => StaffAsync(
        "(@department::text is null and roles && array['agent', 'administrator']) or (department = @department and 'officer' = any(roles))", department, ct);

    public Task<IReadOnlyList<StaffMember>> OfficersAsync(CancellationToken ct) => StaffAsync("department is not null and 'officer' = any(roles)", null, ct);

    private async Task<IReadOnlyList<StaffMember>> StaffAsync(string which, string? department, CancellationToken ct) => await db.ReadAsync(
        $"""
        select id, name, display_name, roles, department from staff
        where active and ({which}) order by display_name limit 2000
        """, new { department },
        row => new StaffMember(row.GetInt64(0), row.GetString(1), row.GetString(2),
            [.. row.GetFieldValue<string[]>(3).Select(StaffRoles.Read).OfType<StaffRole>()], row.Text(4)), ct);

    public async Task<IReadOnlyList<SimilarCase>> SimilarAsync(CaseFile file, CancellationToken ct)
    {
        if (file.Kind is CaseKind.Report || file is not { Latitude: { } latitude, Longitude: { } longitude })
            return [];
        await using var connection = await db.OpenConnectionAsync(ct);
        return await SimilarCases.FindAsync(connection, file.Category, file.Story, latitude, longitude, clock.GetUtcNow(), null, file.Id, ct);
    }

    private static async Task<CaseFile?> ReadAsync(NpgsqlConnection connection, string number, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {CaseSql.Columns} from case_file where number = @number", new { number }, cancellationToken: ct));

    // Into an open case that the actor sees, too; locked in the order of ids it could not be, so the wait is bounded instead.
    private static async Task<bool> MergesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, CaseAct.Merge merge, StaffMember staff, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition("set local lock_timeout = '1s'", transaction: transaction, cancellationToken: ct));
        return await CaseSql.LockAsync(connection, transaction, merge.Into, ct) is { State.IsOpen: true, Kind: not (CaseKind.Report or CaseKind.Disclosure) } into
            && into.Id != file.Id && into.Number == merge.IntoNumber && CaseRules.Sees(staff, into);
    }

    // What an act leaves in other tables.
    private async Task BesidesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, StaffMember staff, CaseAct act, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (act is CaseAct.Call call)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into case_call (case_id, called_at, caller, reached, words) values (@Id, @now, @caller, @Reached, @words)",
                new { file.Id, now, caller = staff.Name, call.Reached, words = call.Words.Length > 1000 ? call.Words[..1000] : call.Words }, transaction, cancellationToken: ct));
        }

        // Who had joined the other case before stays with it.
        if (act is CaseAct.TakeBack && file.MergedInto is { } other)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                delete from case_citizen o using case_citizen m
                where m.case_id = @Id and o.case_id = @other and o.openid_hash = m.openid_hash and not o.owner and o.joined_at >= @closed
                """, new { file.Id, other, closed = file.ClosedAt!.Value.UtcDateTime }, transaction, cancellationToken: ct));
        }

        if (act is CaseAct.Merge merge)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into case_citizen (case_id, openid_hash, openid, owner, run_id, joined_at)
                select @Into, openid_hash, openid, false, gen_random_uuid(), @now from case_citizen where case_id = @Id
                on conflict do nothing
                """, new { merge.Into, file.Id, now }, transaction, cancellationToken: ct));
        }
    }
}
