using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresAppointmentSetup(NpgsqlDataSource db, CalendarLibrary calendar, TimeProvider clock) : IAppointmentSetup
{
    private const string Holidays = "节假日安排调整";

    private DateOnly Today => Place.DateOf(clock.GetUtcNow());

    public async Task<AppointmentPlan> LoadAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        calendar.Replace(await PostgresCalendarDays.ReadAsync(connection, null, ct));
        return await AppointmentPlanSql.ReadAsync(connection, null, Today, ct);
    }

    // Slots are fitted to the holidays that all hosts know, whatever this one has heard; what is not committed yet stays in here.
    private async Task<RefitScope> ScopeAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<int> groups,
        DateOnly from, DateOnly to, string reason, CancellationToken ct) => new(
            await AppointmentPlanSql.ReadAsync(connection, transaction, Today, ct),
            WorkingCalendar.Statutory.With(await PostgresCalendarDays.ReadAsync(connection, transaction, ct)), groups, from, to, reason, clock.GetUtcNow());

    public Task ImportAsync(AppointmentImport import, CancellationToken ct) => AppointmentSetupSql.ImportAsync(db, import, ct);

    public Task<SetupSaved> SaveBranchAsync(Branch branch, StaffMember actor, CancellationToken ct) => SaveAsync("hall.save", branch.Code, actor,
        GroupsOf(branch.Code), (connection, transaction) => AppointmentSetupSql.SaveAsync(connection, transaction, branch, ct), ct);

    public Task<SetupSaved> SaveServiceAsync(ServiceItem service, StaffMember actor, CancellationToken ct) => SaveAsync("service.save", service.Code, actor,
        // Switched off, it is given nowhere any more.
        service.Active ? _ => Task.FromResult<IReadOnlyList<int>>([])
            : async connection => (await connection.QueryAsync<int>("select counter_group from service_offer where service = @Code order by 1", new { service.Code })).AsList(),
        (connection, transaction) => AppointmentSetupSql.SaveAsync(connection, transaction, service, ct), ct);

    public Task<SetupSaved> SaveGroupAsync(CounterGroup group, StaffMember actor, CancellationToken ct) => SaveAsync("counters.save", $"{group.Branch} {group.Name}", actor,
        _ => Task.FromResult<IReadOnlyList<int>>(group.Id == 0 ? [] : [group.Id]),
        (connection, transaction) => AppointmentSetupSql.SaveAsync(connection, transaction, group, ct), ct, group);

    public Task<SetupSaved> SaveRulesAsync(BookingRules rules, StaffMember actor, CancellationToken ct) => SaveAsync("booking.rules", "rules", actor,
        _ => Task.FromResult<IReadOnlyList<int>>([]), (connection, transaction) => AppointmentSetupSql.SaveAsync(connection, transaction, rules, ct), ct);

    public async Task<IReadOnlyList<Booking>> PreviewAsync(Closure closure, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var scope = await ScopeAsync(connection, null, await ClosedAsync(connection, closure), closure.FromDay, closure.ToDay, closure.Reason, ct);
        return await SlotRefit.PreviewAsync(connection, scope with { Plan = scope.Plan.With(closure) }, ct);
    }

    public async Task<IReadOnlyList<Booking>> CloseAsync(Closure closure, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var displaced = await CloseAsync(connection, transaction, closure, actor.Name, ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "closure.add", "branch", closure.Branch)
        {
            Details = new Dictionary<string, string?>
            {
                ["group"] = closure.Group?.ToString(CultureInfo.InvariantCulture), ["from"] = closure.FromDay.ToString("O", null), ["to"] = closure.ToDay.ToString("O", null),
                ["hit"] = displaced.Count.ToString(CultureInfo.InvariantCulture),
            },
        }, ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return displaced;
    }

    private async Task<IReadOnlyList<Booking>> CloseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Closure closure, string by, CancellationToken ct)
    {
        var groups = await ClosedAsync(connection, closure);
        await SlotRefit.LockAsync(connection, transaction, groups, ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into closure (branch, counter_group, from_day, to_day, from_time, to_time, counters, reason, made_by)
            values (@Branch, @Group, @FromDay, @ToDay, @FromTime, @ToTime, @Counters, @Reason, @by)
            """,
            new { closure.Branch, closure.Group, closure.FromDay, closure.ToDay, closure.FromTime, closure.ToTime, closure.Counters, closure.Reason, by },
            transaction, cancellationToken: ct));
        return await SlotRefit.ApplyAsync(connection, transaction,
            await ScopeAsync(connection, transaction, groups, closure.FromDay, closure.ToDay, closure.Reason, ct), ct);
    }

    public async Task<IReadOnlyList<Closure>> ClosuresAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await AppointmentPlanSql.ClosuresAsync(connection, null, Today, ct);
    }

    public async Task<bool> LiftAsync(long closure, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var found = await connection.ReadAsync(transaction, "select branch, counter_group, from_day, to_day from closure where id = @closure and lifted_at is null for update",
            new { closure }, r => (Branch: r.GetString(0), Group: r.Number(1), From: r.GetFieldValue<DateOnly>(2), To: r.GetFieldValue<DateOnly>(3)), ct);
        if (found is not [var lifted])
            return false;
        var groups = lifted.Group is { } one ? [one] : await GroupsOf(lifted.Branch)(connection);
        await SlotRefit.LockAsync(connection, transaction, groups, ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "update closure set lifted_at = @now where id = @closure", new { closure, now = clock.GetUtcNow().UtcDateTime }, transaction, cancellationToken: ct));
        await SlotRefit.ApplyAsync(connection, transaction, await ScopeAsync(connection, transaction, groups, lifted.From, lifted.To, "", ct), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "closure.lift", "branch", lifted.Branch), ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<Booking>> ImportHolidaysAsync(IReadOnlyCollection<SpecialDay> days, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var groups = await AllGroupsAsync(connection, transaction, ct);
        await SlotRefit.LockAsync(connection, transaction, groups, ct);
        await PostgresCalendarDays.ImportAsync(connection, transaction, days, ct);
        DateOnly[] coming = [.. days.Select(d => d.Day).Where(d => d >= Today)];
        var displaced = coming.Length == 0 ? []
            : await SlotRefit.ApplyAsync(connection, transaction, await ScopeAsync(connection, transaction, groups, coming.Min(), coming.Max(), Holidays, ct), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "calendar.refit", "calendar", "all"), ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        calendar.Replace(await PostgresCalendarDays.ReadAsync(connection, null, ct));
        return displaced;
    }

    public async Task<int> RefitAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var all = await ScopeAsync(connection, null, await AllGroupsAsync(connection, null, ct), Today, DateOnly.MaxValue, Holidays, ct);
        var displaced = 0;
        foreach (var day in (await SlotFit.ReadAsync(connection, null, all, ct)).GroupBy(f => f.Place.Day).OrderBy(d => d.Key))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            int[] groups = [.. day.Select(f => f.Place.Group).Distinct()];
            await SlotRefit.LockAsync(connection, transaction, groups, ct);
            displaced += (await SlotRefit.ApplyAsync(connection, transaction, await ScopeAsync(connection, transaction, groups, day.Key, day.Key, Holidays, ct), ct)).Count;
            await ContentChanges.AnnounceAsync(connection, transaction, ct);
            await transaction.CommitAsync(ct);
        }

        return displaced;
    }

    public async Task<IReadOnlyList<Booking>> UnsolvedAsync(IReadOnlyCollection<string> halls, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {BookingSql.Columns} from booking b join counter_group g on g.id = b.counter_group
        where b.status = 'displaced' and b.day >= @from and g.branch = any(@halls) order by b.day, b.start, b.number limit {IAppointmentSetup.MostUnsolved}
        """, new { from = Today.AddDays(-IAppointmentSetup.UnsolvedDays), halls = halls.ToArray() }, BookingSql.Read, ct);

    private async Task<SetupSaved> SaveAsync(string act, string subject, StaffMember actor, Func<NpgsqlConnection, Task<IReadOnlyList<int>>> groups,
        Func<NpgsqlConnection, NpgsqlTransaction, Task> save, CancellationToken ct, CounterGroup? edited = null)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var touched = await groups(connection);
            if (touched.Count > 0)
                await SlotRefit.LockAsync(connection, transaction, touched, ct);
            if (edited is { Id: not 0 } && await IsStaleAsync(connection, transaction, edited, ct))
                return SetupSaved.Stale;
            await save(connection, transaction);
            if (edited is not null && await IsGivenAsync(connection, transaction, edited, ct))
                return SetupSaved.Given;
            if (touched.Count > 0)
            {
                var scope = await ScopeAsync(connection, transaction, touched, Today, Today.AddYears(1), "开放安排调整", ct);
                await SlotRefit.ApplyAsync(connection, transaction, scope with { Services = true }, ct);
            }

            await AuditSql.WriteAsync(connection, transaction, new(actor.Name, act, act.Split('.')[0], subject), ct);
            await ContentChanges.AnnounceAsync(connection, transaction, ct);
            await transaction.CommitAsync(ct);
            return SetupSaved.Saved;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return SetupSaved.Taken;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.NumericValueOutOfRange)
        {
            return SetupSaved.Wrong;
        }
    }

    // Our own lock has raised the version by one.
    private static Task<bool> IsStaleAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CounterGroup edited, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select version <> @Version + 1 from counter_group where id = @Id", new { edited.Id, edited.Version }, transaction, cancellationToken: ct));

    // A citizen is sent to one group of a hall: the places of a second one would never be sold.
    private static Task<bool> IsGivenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CounterGroup edited, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (
                select from service_offer o join counter_group g on g.id = o.counter_group
                where g.branch = @Branch and g.active and o.service = any(@services) group by o.service having count(*) > 1)
            """, new { edited.Branch, services = edited.Services.ToArray() }, transaction, cancellationToken: ct));

    private static async Task<IReadOnlyList<int>> ClosedAsync(NpgsqlConnection connection, Closure closure) =>
        closure.Group is { } one ? [one] : await GroupsOf(closure.Branch)(connection);

    private static async Task<IReadOnlyList<int>> AllGroupsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct) =>
        (await connection.QueryAsync<int>(new CommandDefinition("select id from counter_group", transaction: transaction, cancellationToken: ct))).AsList();

    private static Func<NpgsqlConnection, Task<IReadOnlyList<int>>> GroupsOf(string branch) => async connection =>
        (await connection.QueryAsync<int>("select id from counter_group where branch = @branch", new { branch })).AsList();
}
