using System.Text.Json;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCases(NpgsqlDataSource db, CaseChanges changes, CaseCitizens citizens, CaseOriginals originals, IFieldCiphers ciphers, TimeProvider clock) : ICases
{
    public const string NumberPrefix = "TS";

    public async Task<CaseFile> FileAsync(NewCase filing, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two hosts with the same confirmation wait for each other here, and the second finds the first one's case.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@run, 0))", new { run = filing.Run.ToString() }, transaction, cancellationToken: ct));
        if (await FindByRunAsync(connection, transaction, filing.Run, ct) is { } known)
            return known;

        var now = clock.GetUtcNow();
        var setting = await changes.SettingAsync(connection, transaction, filing.Category, ct);
        var number = (await PublicNumberSql.NextAsync(connection, transaction, NumberPrefix, CaseClock.DayOf(now), ct)).Text;
        var file = await InsertAsync(connection, transaction, filing, number, setting, ct);
        if (filing.Citizen is { } citizen)
            await citizens.AddAsync(connection, transaction, file.Id, citizen, owner: true, filing.Run, now, ct);
        await changes.RecordAsync(connection, transaction, file, [new(CaseEntry.Citizen, "file", CaseState.Filed, null, "", Shown: true)], filing.Run, setting, ct);
        await CaseChanges.ScheduleAsync(connection, transaction, file, setting, ct);
        if (filing.Sealed)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into case_sealed (case_id, code_hash) values (@Id, @Hash)", new { file.Id, (await CodeAsync(filing.Run, ct)).Hash }, transaction, cancellationToken: ct));
        }

        await TakePhotosAsync(connection, transaction, file.Id, filing.Run, nobodys: filing.Sealed, ct);
        await transaction.CommitAsync(ct);
        return file;
    }

    public async Task<IReadOnlyList<CaseFile>> MineAsync(OpenId citizen, int limit, CancellationToken ct)
    {
        var hash = await citizens.HashAsync(citizen, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<CaseFile>(new CommandDefinition(
            $"""
            select {CaseSql.Columns} from case_file
            where id in (select case_id from case_citizen where openid_hash = @hash order by case_id desc limit @limit)
            order by id desc
            """, new { hash, limit }, cancellationToken: ct))).AsList();
    }

    public async Task<CitizenCase?> FindAsync(OpenId citizen, string key, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        if (await ReachAsync(connection, null, citizen, key, ct) is not (var file, var owns))
            return null;
        var photos = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from case_photo where case_id = @Id and status <> 'failed'", new { file.Id }, cancellationToken: ct));
        return new(file, owns, await CaseSql.TimelineAsync(connection, file.Id, all: false, ct), photos);
    }

    public async Task<SealedCode> CodeAsync(Guid run, CancellationToken ct) =>
        SealedCode.Of((await ciphers.GetAsync(ct)).LookUp("case_sealed.code_hash", run.ToString("N")));

    public async Task<CaseOutcome> ActAsync(OpenId citizen, string key, CaseAct act, Guid run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ReachAsync(connection, transaction, citizen, key, ct) is not (var file, true))
            return new CaseOutcome.Refused(CaseRefusal.NotFound);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from case_event where run_id = @run)", new { run }, transaction, cancellationToken: ct)))
            return new CaseOutcome.Changed(file, []);
        var outcome = await changes.ApplyAsync(connection, transaction, file, null, act with { Words = PersonalNumbers.Mask(act.Words) }, run, ct);
        if (outcome is not CaseOutcome.Changed)
            return outcome;
        await originals.KeepAsync(connection, transaction, run, act, ct);
        await TakePhotosAsync(connection, transaction, file.Id, run, nobodys: SealedCode.TryParse(key) is not null, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    public async Task<IReadOnlyList<SimilarCase>> SimilarAsync(
        OpenId citizen, string category, string story, double latitude, double longitude, CancellationToken ct)
    {
        var hash = await citizens.HashAsync(citizen, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        return await SimilarCases.FindAsync(connection, category, story, latitude, longitude, clock.GetUtcNow(), hash, null, ct);
    }

    public async Task<CaseFile?> JoinAsync(OpenId citizen, long caseId, Guid run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await CaseSql.LockAsync(connection, transaction, caseId, ct) is not { Kind: not (CaseKind.Report or CaseKind.Disclosure), State.IsOpen: true } file)
            return null;
        var now = clock.GetUtcNow();
        if (await citizens.AddAsync(connection, transaction, caseId, citizen, owner: false, run, now, ct) == 1)
            await CaseSql.AddEntryAsync(connection, transaction, caseId, new(CaseEntry.Citizen, "join", file.State, file.Department, "", Shown: false), now, ct);
        await TakePhotosAsync(connection, transaction, caseId, run, nobodys: false, ct);
        await transaction.CommitAsync(ct);
        return file;
    }

    public async Task<DateTimeOffset?> TickAsync(long caseId, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await CaseSql.LockAsync(connection, transaction, caseId, ct) is not { } file)
            return null;
        var outcome = await changes.ApplyAsync(connection, transaction, file, null, new CaseAct.Tick(), null, ct);
        await transaction.CommitAsync(ct);
        var setting = await changes.SettingAsync(connection, null, file.Category, ct);
        return CaseLife.NextTick(outcome is CaseOutcome.Changed changed ? changed.After : file, setting);
    }

    private async Task<CaseFile> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NewCase filing, string number, CaseSetting setting, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var story = PersonalNumbers.Mask(filing.Story);
        var answers = filing.Answers.Select(a => a with { Answer = PersonalNumbers.Mask(a.Answer) }).ToArray();
        return await connection.QuerySingleAsync<CaseFile>(new CommandDefinition(
            $"""
            insert into case_file (number, run_id, kind, category, story, story_sealed, answers, latitude, longitude, address, anonymous, contact,
                filed_at, accept_by, answer_by, publicity, applicant, filed_by_system)
            values (@number, @Run, @kind, @Category, @story, @storySealed, @answers::json, @Latitude, @Longitude, @Address, @Anonymous, @contact,
                @filedAt, @acceptBy, @answerBy, @publicity, @Applicant, @bySystem)
            returning {CaseSql.Columns}
            """,
            new
            {
                number, filing.Run, kind = filing.Kind.Stored, filing.Category, story,
                storySealed = CaseOriginals.Of(filing, story, answers) is { } original ? cipher.Seal(CaseOriginals.Story, number, original) : null,
                answers = JsonSerializer.Serialize(answers, CaseCategorySql.Json),
                filing.Latitude, filing.Longitude, filing.Address, filing.Anonymous,
                contact = filing.Contact.Length == 0 ? null : cipher.Seal("case_file.contact", number, filing.Contact),
                filedAt = setting.Now.UtcDateTime, acceptBy = CaseClock.AcceptBy(setting.Calendar, setting.Now, setting.Category.Term).UtcDateTime,
                answerBy = CaseClock.AnswerBy(setting.Calendar, setting.Now, setting.Category.Term).UtcDateTime,
                bySystem = filing is { Citizen: null, Sealed: false }, filing.Applicant, publicity = (filing.Publish && filing.Kind is not CaseKind.Report ? CasePublicity.Wish : CasePublicity.No).Stored,
            }, transaction, cancellationToken: ct));
    }

    // Theirs by the number and whose it is, or by the code alone; locked within a transaction.
    private async Task<(CaseFile File, bool Owner)?> ReachAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, OpenId citizen, string key, CancellationToken ct)
    {
        var code = SealedCode.TryParse(key);
        var hash = code is null ? await citizens.HashAsync(citizen, ct) : code.Hash;
        var file = await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"""
            select {CaseSql.Columns} from case_file
            where {(code is null ? "number = @key" : "id = (select case_id from case_sealed where code_hash = @hash)")} {(transaction is null ? "" : "for update")}
            """, new { key, hash }, transaction, cancellationToken: ct));
        if (file is null || code is not null)
            return file is null ? null : (file, true);
        var owner = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            "select owner from case_citizen where case_id = @Id and openid_hash = @hash", new { file.Id, hash }, transaction, cancellationToken: ct));
        return owner is { } owns ? (file, owns) : null;
    }

    // What the form gathered is the case's now; of a sealed report nothing tells whose it was.
    private static Task TakePhotosAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, Guid run, bool nobodys, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"""
            update case_photo set case_id = @id {(nobodys ? ", openid = null, openid_hash = null" : "")} where run_id = @run and case_id is null;
            delete from case_draft where run_id = @run
            """, new { id, run }, transaction, cancellationToken: ct));

    private static async Task<CaseFile?> FindByRunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid run, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {CaseSql.Columns} from case_file where run_id = @run", new { run }, transaction, cancellationToken: ct));
}
