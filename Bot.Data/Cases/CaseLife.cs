namespace Bot.Data.Cases;

/// <summary>What the citizen's acts and the passing of time lead to.</summary>
internal static class CaseLife
{
    public static CaseOutcome Live(CaseFile file, CaseAct act, CaseSetting setting) => act switch
    {
        CaseAct.Add => Added(file, act, setting),
        CaseAct.Withdraw => Changed(file with { State = CaseState.Withdrawn, ClosedAt = setting.Now, PausedAt = null }, act, CaseEntry.Citizen),
        CaseAct.Rate rate => Rated(file, rate, setting),
        CaseAct.Reopen => Reopened(file, act, setting),
        CaseAct.Share share => Shared(file, share),
        CaseAct.Tick => Ticked(file, act, setting),
        _ => new CaseOutcome.Refused(CaseRefusal.NotYours),
    };

    /// <summary>When time has something to do with it next; null: never.</summary>
    public static DateTimeOffset? NextTick(CaseFile file, CaseSetting setting)
    {
        if (file.State is CaseState.Answered or CaseState.Rating)
            return file.AnsweredAt + TimeSpan.FromDays(setting.Limits.RatingDays);
        if (file is { State.IsOpen: true, PausedAt: not null })
            return file.WaitUntil;
        if (!file.State.IsOpen || file.Escalation >= 2)
            return null;
        var due = DueBy(file);
        if (file.Escalation == 1)
            return due;
        var warn = CaseClock.WarnAt(file.FiledAt, due, setting.Category.Term);
        return warn < due ? warn : due;
    }

    // What is not accepted is due to be accepted first.
    private static DateTimeOffset DueBy(CaseFile file) => file.State is CaseState.Filed && file.AcceptBy < file.AnswerBy ? file.AcceptBy : file.AnswerBy;

    private static CaseOutcome Ticked(CaseFile file, CaseAct act, CaseSetting setting)
    {
        var now = setting.Now;
        if (NextTick(file, setting) is not { } due || due > now)
            return new CaseOutcome.Refused(CaseRefusal.WrongState);
        if (!file.State.IsOpen)
            return One(file with { State = CaseState.Closed, ClosedAt = now }, "close", shown: true);
        if (file.PausedAt is not null)
        {
            var decision = file.WaitsForFee ? Disclosure.Unpaid : Disclosure.Uncorrected;
            return One(file with { State = CaseState.Closed, ClosedAt = now, PausedAt = null, Decision = decision, ReplyPending = null }, "give_up", shown: true);
        }

        return DueBy(file) <= now
            ? One(file with { Escalation = 2 }, "overdue", shown: true)
            : One(file with { Escalation = 1 }, "warn", shown: false);

        CaseOutcome One(CaseFile after, string name, bool shown) =>
            new CaseOutcome.Changed(after, [new(CaseEntry.System, name, after.State, after.Department, "", shown)]);
    }

    // What we waited for has come: the clock goes on.
    private static CaseOutcome.Changed Added(CaseFile file, CaseAct act, CaseSetting setting)
    {
        if (file.PausedAt is not { } since || file.WaitsForFee)
            return Changed(file, act, CaseEntry.Citizen);
        if (file.IsDisclosure)
            return Changed(Anew(file, setting), act, CaseEntry.Citizen);
        var term = setting.Category.Term;
        return Changed(file with
        {
            PausedAt = null, AnswerBy = CaseClock.Resumed(setting.Calendar, file.AnswerBy, since, setting.Now, term),
            AcceptBy = CaseClock.Resumed(setting.Calendar, file.AcceptBy, since, setting.Now, term),
        }, act, CaseEntry.Citizen);
    }

    /// <summary>A request for information that was corrected or paid for is answered as if it had come today.</summary>
    public static CaseFile Anew(CaseFile file, CaseSetting setting) => file with
    {
        PausedAt = null, Escalation = 0, Extensions = 0, AnswerBy = CaseClock.AnswerBy(setting.Calendar, setting.Now, setting.Category.Term),
    };

    private static CaseOutcome Rated(CaseFile file, CaseAct.Rate rate, CaseSetting setting)
    {
        if (file.Rating is not null)
            return new CaseOutcome.Refused(CaseRefusal.Once);
        if (rate.Level is < 1 or > 5)
            return new CaseOutcome.Refused(CaseRefusal.Words);
        var words = rate.Words.Length > 500 ? rate.Words[..500] : rate.Words;
        var rated = file with { Rating = rate.Level, RatingWords = words, RatedAt = setting.Now };
        var said = $"{CaseWords.Level(rate.Level)}{(words.Length == 0 ? "" : $"：{words}")}";
        if (rate.Level > 2)
            return Changed(rated with { State = CaseState.Closed, ClosedAt = setting.Now }, rate, CaseEntry.Citizen, said);

        // 差评: somebody calls, and another officer begins anew.
        var again = Again(rated, setting) with { CallBackDue = true };
        return new CaseOutcome.Changed(again,
        [
            new(CaseEntry.Citizen, rate.Name, file.State, file.Department, said, Shown: true),
            new(CaseEntry.System, "reopen", again.State, again.Department, "", Shown: true),
        ]);
    }

    // Only what was adopted is asked about; who agreed may take it back at any time, and it is public no longer.
    private static CaseOutcome Shared(CaseFile file, CaseAct.Share share) => share.Agreed
        ? file.Adopted is null ? new CaseOutcome.Refused(CaseRefusal.WrongState)
            : file.Publicity is not CasePublicity.No ? new CaseOutcome.Refused(CaseRefusal.Once)
            : Changed(file with { Publicity = CasePublicity.Wish }, share, CaseEntry.Citizen)
        : file.Publicity is CasePublicity.No ? new CaseOutcome.Refused(CaseRefusal.Once)
            : Changed(file with { Publicity = CasePublicity.No, PublishedAt = null }, share, CaseEntry.Citizen);

    private static CaseOutcome Reopened(CaseFile file, CaseAct act, CaseSetting setting) => file.IsDisclosure ? new CaseOutcome.Refused(CaseRefusal.NotYours)
        : file.AnsweredAt is not { } answered || setting.Now > answered + TimeSpan.FromDays(setting.Limits.ReopenDays)
            ? new CaseOutcome.Refused(CaseRefusal.TooLate)
            : Changed(Again(file, setting), act, CaseEntry.Citizen);

    /// <summary>On the centre's desk again, for another officer than the one who answered, with all its days.</summary>
    public static CaseFile Again(CaseFile file, CaseSetting setting) => file with
    {
        State = CaseState.Accepted, Department = null, Assignee = null, Dispatches = 0, Reopened = file.Reopened + 1, ClosedAt = null, Escalation = 0,
        AnsweredBy = file.ReplyBy is { } officer && !file.AnsweredBy.Contains(officer) ? [.. file.AnsweredBy, officer] : file.AnsweredBy, ReplyBy = null,
        AnswerBy = CaseClock.AnswerBy(setting.Calendar, setting.Now, setting.Category.Term), Extensions = 0,
        Publicity = file.Publicity is CasePublicity.Public or CasePublicity.Ready ? CasePublicity.Wish : file.Publicity,
    };

    private static CaseOutcome.Changed Changed(CaseFile after, CaseAct act, string actor, string? words = null) =>
        new(after, [new(actor, act.Name, after.State, after.Department, words ?? act.Words, Shown: true)]);
}
