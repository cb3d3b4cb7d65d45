using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>One change of a case: the row, its timeline, the audit log, the letters to citizens and the clock, all in one transaction or none.</summary>
internal sealed class CaseChanges(
    CaseCitizens citizens, ICaseLetters letters, CaseLimits limits, CalendarLibrary calendar, TimeProvider clock)
{
    public async Task<CaseSetting> SettingAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string category, CancellationToken ct) =>
        new((await CaseCategorySql.ReadAsync(connection, transaction, category, ct)).Single(), calendar.Current, limits, clock.GetUtcNow());

    /// <summary>Applies an act to a case that is locked, and saves what came of it.</summary>
    /// <param name="by">Null for the citizen and for time.</param>
    public async Task<CaseOutcome> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, StaffMember? by, CaseAct act, Guid? run, CancellationToken ct)
    {
        var setting = await SettingAsync(connection, transaction, file.Category, ct);
        var outcome = CaseRules.Apply(file, by, act, setting);
        if (outcome is not CaseOutcome.Changed changed)
            return outcome;
        if (!await RecordAsync(connection, transaction, changed.After, changed.Entries, run, setting, ct))
            return new CaseOutcome.Changed(file, []);                       // this run did it before
        await CaseSql.SaveAsync(connection, transaction, changed.After, ct);
        await ScheduleAsync(connection, transaction, changed.After, setting, ct);
        if (by is not null)
            await AuditAsync(connection, transaction, file, changed.After, by, act, ct);
        return changed with { After = changed.After with { Version = file.Version + 1 } };
    }

    /// <summary>Writes lines of the timeline and the letters that they cause.</summary>
    /// <returns>False when the run had written its line before.</returns>
    public async Task<bool> RecordAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, IReadOnlyList<CaseEntry> entries, Guid? run, CaseSetting setting,
        CancellationToken ct)
    {
        var who = await citizens.OfAsync(connection, transaction, file.Id, ct);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = i == 0 ? entries[i] with { Run = run } : entries[i];
            if (await CaseSql.AddEntryAsync(connection, transaction, file.Id, entry, setting.Now, ct) is not { } id)
                return false;
            if (entry.Shown)
                await TellAsync(connection, transaction, file, entry with { At = setting.Now }, id, who, setting.Category, ct);
        }

        return true;
    }

    /// <summary>The one job of the case's clock comes when the next thing is due.</summary>
    public static async Task ScheduleAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, CaseSetting setting, CancellationToken ct)
    {
        var key = file.Id.ToString(CultureInfo.InvariantCulture);
        if (CaseLife.NextTick(file, setting) is { } due)
            await JobSql.RescheduleAsync(connection, transaction, new NewJob(ICases.ClockJob, key, key, due), ct);
        else
            await JobSql.CancelAsync(connection, transaction, [ICases.ClockJob], key, ct);
    }

    // A report's letter names neither the case nor its matter, and its key tells nothing: the list of messages must not lead to who wrote it.
    private async Task TellAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile file, CaseEntry entry, long entryId,
        List<(Bot.WeChat.OpenId Citizen, byte[] Hash, bool Owner)> who, CaseCategory category, CancellationToken ct)
    {
        for (var i = 0; i < who.Count; i++)
        {
            if ((entry.Actor == CaseEntry.Citizen && who[i].Owner) || letters.Write(file, entry, category, who[i].Owner) is not { } letter)
                continue;
            var key = file.Kind is CaseKind.Report
                ? $"case:{CaseCitizens.LetterKey(who[i].Hash, entryId)}"
                : who[i].Owner ? $"case:{file.Id}:{entryId}" : $"case:{file.Id}:{entryId}:{Convert.ToHexStringLower(who[i].Hash)[..16]}";
            await PromptSql.AddAsync(connection, transaction, new NewCitizenMessage
            {
                Key = key, To = who[i].Citizen, Words = letter.Words, Template = letter.Template, Data = letter.Data, NoticeChoices = letter.NoticeChoices,
            }, letter.Choices, ct);
        }
    }

    private static Task AuditAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseFile before, CaseFile after, StaffMember by, CaseAct act, CancellationToken ct) =>
        AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, $"case.{act.Name}", "case", before.Number)
        {
            Details = new Dictionary<string, string?>
            {
                ["from"] = before.State.Stored, ["to"] = after.State.Stored, ["department"] = after.Department, ["assignee"] = after.Assignee,
            },
        }, ct);
}
