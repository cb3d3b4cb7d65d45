using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCounters(NpgsqlDataSource db, TimeProvider clock) : ICounters
{
    private static readonly TimeSpan s_stillComes = TimeSpan.FromHours(2);

    private DateOnly Today => Place.DateOf(clock.GetUtcNow());

    public async Task<Visit?> CallNextAsync(int group, string counter, StaffMember actor, Func<Visit, NewCitizenMessage> words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        List<Visit> called;
        try
        {
            called = await connection.ReadAsync(transaction,
                $"""
                update visit v set status = 'called', counter = @counter, calls = 1, called_at = @now
                where id = (
                    select id from visit where counter_group = @group and day = @Today and status = 'waiting'
                    order by priority desc, id limit 1 for update skip locked)
                  and exists (select from counter where counter_group = @group and name = @counter and active)
                returning {VisitSql.Columns}
                """, new { group, counter, Today, now = clock.GetUtcNow().UtcDateTime }, VisitSql.Read, ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "visit_at_counter")
        {
            return null;                                    // who is at the counter comes first
        }

        if (called is not [var visit])
            return null;
        await TellAsync(connection, transaction, visit, "visit.call", actor, visit.Citizen is null ? null : words(visit), [], ct);
        await transaction.CommitAsync(ct);
        return visit;
    }

    public async Task<Visit?> StepAsync(long visit, VisitStep step, StaffMember actor, Func<Visit, NewCitizenMessage?> words, CancellationToken ct)
    {
        var (from, set) = step switch
        {
            VisitStep.Recall => ("'called'", "calls = calls + 1, called_at = @now"),
            VisitStep.Start => ("'called'", "status = 'serving', started_at = @now"),
            VisitStep.Finish => ("'called', 'serving'", "status = 'served', started_at = coalesce(started_at, @now), ended_at = @now"),
            VisitStep.Miss => ("'called'", "status = 'missed', ended_at = @now"),
            VisitStep.Resume => ("'served'", "status = 'serving', ended_at = null"),
            VisitStep.Requeue => ("'missed', 'called'", "status = 'waiting', priority = true, counter = null, called_at = null, started_at = null, ended_at = null"),
        };
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (now, rule) = (clock.GetUtcNow(), step is VisitStep.Resume ? "and ended_at > @lately and not exists (select from visit_rating r where r.visit = v.id)" : "");
        List<Visit> found;
        try
        {
            found = await connection.ReadAsync(transaction,
                $"update visit v set {set} where id = @visit and day = @Today and status in ({from}) {rule} returning {VisitSql.Columns}",
                new { visit, Today, now = now.UtcDateTime, lately = (now - ICounters.TakenBackWithin).UtcDateTime }, VisitSql.Read, ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "visit_at_counter")
        {
            return null;                                    // the next one is there
        }

        if (found is not [var changed])
            return null;
        if (changed.Booking is { } booking)
            await CarryAsync(connection, transaction, booking, step, actor, ct);
        string[] choices = step is VisitStep.Finish ? [.. Enumerable.Range(1, 5).Select(level => $"visit.rate {changed.Id} {level}")] : [];
        await TellAsync(connection, transaction, changed, $"visit.{step.ToString().ToLowerInvariant()}", actor, changed.Citizen is null ? null : words(changed), choices, ct);
        await transaction.CommitAsync(ct);
        return changed;
    }

    // What becomes of the booking: who did not come when called is a no-show, until they come to the desk after all. They are told of a ban once that is unlikely.
    private async Task CarryAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, VisitStep step, StaffMember actor, CancellationToken ct)
    {
        if ((step switch
        {
            VisitStep.Finish => ("arrived", "served"),
            VisitStep.Miss => ("arrived", "missed"),
            VisitStep.Resume => ("served", "arrived"),
            VisitStep.Requeue => ("missed", "arrived"),
            VisitStep.Recall or VisitStep.Start => ((string From, string To)?)null,
        }) is not var (from, to))
            return;
        var now = clock.GetUtcNow();
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = @to, changed_at = @now where number = @number and status = @from",
            new { number, from, to, now = now.UtcDateTime }, transaction, cancellationToken: ct)) == 0)
            return;
        if (step is VisitStep.Miss)
            await BanSql.MakeAsync(connection, transaction, number, now, now + s_stillComes, ct);
        else if (step is VisitStep.Requeue)
            await BanSql.UndoAsync(connection, transaction, number, VisitSql.CameAfterAll, actor, now, ct);
    }

    private static async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Visit visit, string act, StaffMember actor,
        NewCitizenMessage? message, IReadOnlyList<string> choices, CancellationToken ct)
    {
        if (message is not null)
            await PromptSql.AddAsync(connection, transaction, message, choices, ct);
        await VisitSql.NoteAsync(connection, transaction, visit, act, actor, ct);
        await VisitSql.RingAsync(connection, transaction, ct);
    }
}
