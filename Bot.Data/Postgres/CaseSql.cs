using Bot.Data.Cases;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Rows of cases and their timelines.</summary>
internal static class CaseSql
{
    public const string Columns =
        """
        id, number, kind, category, state, story, answers::text as answers, latitude, longitude, address, anonymous,
        contact is not null as has_contact, department, about, assignee, answered_by, dispatches, returns, reopened, filed_at, accept_by, answer_by,
        accepted_at, answered_at, closed_at, paused_at, escalation, reply_pending, reply_by, extension_days, extension_why, extension_by, extensions,
        reply, merged_into, rating, rating_words, rated_at, call_back_due, publicity, public_title, public_story, public_reply, public_by,
        applicant, decision, asked_at, wait_until, fee, fee_paid_at, adopted, adopted_at, published_at, version, exists (select 1 from case_citizen z where z.case_id = case_file.id and z.owner) as has_citizen,
        case when kind = 'disclosure' then (select count(*)::integer from case_document d where d.case_id = case_file.id) else 0 end as documents,
        case when adopted is not null then (select e.actor from case_event e where e.case_id = case_file.id and e.act = 'adopt' order by e.id desc limit 1) end as adopted_by,
        kind = 'report' and exists (select 1 from case_sealed s where s.case_id = case_file.id) as sealed
        """;

    public const string Open = "state in ('filed', 'accepted', 'dispatched', 'handling')";

    /// <summary>Answered, each time that it was opened, within the deadline.</summary>
    public const string InTime = $"answered_at <= answer_by and not late_before and not {Open}";

    public static async Task<CaseFile?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {Columns} from case_file where number = @number for update", new { number }, transaction, cancellationToken: ct));

    public static async Task<CaseFile?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {Columns} from case_file where id = @id for update", new { id }, transaction, cancellationToken: ct));

    public static Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update case_file set state = @state, department = @Department, about = @About, assignee = @Assignee, answered_by = @answeredBy,
                dispatches = @Dispatches, returns = @Returns, reopened = @Reopened, accept_by = @acceptBy, answer_by = @answerBy,
                accepted_at = @acceptedAt, answered_at = @answeredAt, closed_at = @closedAt, paused_at = @pausedAt, escalation = @Escalation,
                reply_pending = @ReplyPending, reply_by = @ReplyBy, extension_days = @ExtensionDays, extension_why = @ExtensionWhy,
                extension_by = @ExtensionBy, extensions = @Extensions, reply = @Reply, merged_into = @MergedInto, rating = @Rating,
                rating_words = @RatingWords, rated_at = @ratedAt, call_back_due = @CallBackDue, publicity = @publicity, public_title = @PublicTitle,
                public_story = @PublicStory, public_reply = @PublicReply, public_by = @PublicBy, published_at = @publishedAt,
                decision = @Decision, asked_at = @askedAt, wait_until = @waitUntil, fee = @Fee, fee_paid_at = @feePaidAt, adopted = @Adopted, adopted_at = @adoptedAt, version = version + 1
            where id = @Id
            """,
            new
            {
                file.Id, state = file.State.Stored, file.Department, file.About, file.Assignee, answeredBy = file.AnsweredBy.ToArray(), file.Dispatches,
                file.Returns, file.Reopened, acceptBy = file.AcceptBy.UtcDateTime, answerBy = file.AnswerBy.UtcDateTime,
                acceptedAt = file.AcceptedAt?.UtcDateTime, answeredAt = file.AnsweredAt?.UtcDateTime, closedAt = file.ClosedAt?.UtcDateTime,
                pausedAt = file.PausedAt?.UtcDateTime, file.Escalation, file.ReplyPending, file.ReplyBy, file.ExtensionDays, file.ExtensionWhy,
                file.ExtensionBy, file.Extensions, file.Reply, file.MergedInto, file.Rating, file.RatingWords, ratedAt = file.RatedAt?.UtcDateTime,
                file.CallBackDue, publicity = file.Publicity.Stored, file.PublicTitle, file.PublicStory, file.PublicReply, file.PublicBy,
                publishedAt = file.PublishedAt?.UtcDateTime, file.Decision, askedAt = file.AskedAt?.UtcDateTime, waitUntil = file.WaitUntil?.UtcDateTime, file.Fee,
                feePaidAt = file.FeePaidAt?.UtcDateTime, file.Adopted, adoptedAt = file.AdoptedAt?.UtcDateTime,
            }, transaction, cancellationToken: ct));

    /// <returns>Its id; null when the same run of the citizen's form wrote it before.</returns>
    public static Task<long?> AddEntryAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CaseEntry entry, DateTimeOffset at, CancellationToken ct) =>
        connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            insert into case_event (case_id, at, actor, act, state, department, words, shown, run_id)
            values (@caseId, @at, @Actor, @Act, @state, @Department, @Words, @Shown, @Run)
            on conflict (run_id) do nothing
            returning id
            """,
            new { caseId, at = at.UtcDateTime, entry.Actor, entry.Act, state = entry.State.Stored, entry.Department, entry.Words, entry.Shown, entry.Run },
            transaction, cancellationToken: ct));

    public static async Task<IReadOnlyList<CaseEntry>> TimelineAsync(NpgsqlConnection connection, long caseId, bool all, CancellationToken ct) =>
        await connection.ReadAsync(
            null, "select actor, act, state, department, words, shown, at, run_id from case_event where case_id = @caseId and (@all or shown) order by id",
            new { caseId, all },
            row => new CaseEntry(row.GetString(0), row.GetString(1), Enum.Parse<CaseState>(row.GetString(2), ignoreCase: true), row.Text(3),
                row.GetString(4), row.GetBoolean(5)) { At = row.Time(6)!.Value, Run = row.IsDBNull(7) ? null : row.GetGuid(7) }, ct);
}
