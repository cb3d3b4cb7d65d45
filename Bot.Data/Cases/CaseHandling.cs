using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>What the acts of staff lead to, once <see cref="CaseRules"/> allowed them.</summary>
internal static class CaseHandling
{
    public static CaseOutcome Handle(CaseFile file, StaffMember by, CaseAct act, CaseSetting setting)
    {
        var now = setting.Now;
        return act switch
        {
            CaseAct.Accept => Told(file with { State = CaseState.Accepted, AcceptedAt = now, Escalation = 0 }),
            CaseAct.Refuse => Told(file with { State = CaseState.Refused, ClosedAt = now, PausedAt = null }),
            CaseAct.Dispatch dispatch => Told(file with
            {
                State = CaseState.Dispatched, Department = dispatch.Department, Assignee = dispatch.To?.Name, Dispatches = file.Dispatches + 1,
            }),
            // The department is the timeline's; the case goes back to the centre's desk.
            CaseAct.Return => Internal(file with { State = CaseState.Accepted, Department = null, Assignee = null, Returns = file.Returns + 1, ReplyPending = null, ReplyBy = null }),
            CaseAct.Take => Told(file with { State = CaseState.Handling, Assignee = by.Name }),
            CaseAct.Assign assign => Internal(file with { Assignee = assign.To.Name }, assign.To.DisplayName),
            CaseAct.Ask when file.IsDisclosure => Told(file with
            {
                PausedAt = now, AskedAt = now, WaitUntil = CaseClock.EndOf(setting.Calendar.AddWorkingDays(CaseClock.DayOf(now), setting.Limits.CorrectionDays)),
            }),
            CaseAct.Ask => Told(file with { PausedAt = now }),
            CaseAct.Charge charge => Told(file with
            {
                PausedAt = now, Fee = charge.Fen, WaitUntil = CaseClock.EndOf(CaseClock.DayOf(now).AddDays(setting.Limits.FeeDays)),
            }),
            CaseAct.Paid => Told(CaseLife.Anew(file with { FeePaidAt = now }, setting)),
            CaseAct.Reply reply when setting.Category.NeedsApproval && file.Kind is not CaseKind.Report => Internal(Drafted(reply) with { ReplyPending = act.Words }),
            CaseAct.Reply reply => Answered(Drafted(reply), act.Words),
            CaseAct.ApproveReply => Answered(file, file.ReplyPending!),
            CaseAct.RejectReply => Internal(file with { ReplyPending = null, ReplyBy = null, Decision = null }),
            CaseAct.AskExtension ask => Internal(file with { ExtensionDays = ask.Days, ExtensionWhy = ask.Words, ExtensionBy = by.Name }),
            CaseAct.GrantExtension => Told(file with
            {
                AnswerBy = CaseClock.Extended(setting.Calendar, file.AnswerBy, file.ExtensionDays!.Value), Extensions = file.Extensions + 1,
                ExtensionDays = null, ExtensionWhy = null, ExtensionBy = null, Escalation = 0,
            }, file.ExtensionWhy!),
            CaseAct.DenyExtension => Internal(file with { ExtensionDays = null, ExtensionWhy = null, ExtensionBy = null }),
            CaseAct.Merge merge => Told(file with { State = CaseState.Merged, MergedInto = merge.Into, ClosedAt = now, PausedAt = null }),
            // Unanswered so far: the clock stood still since it was put away. Answered: as when the citizen opens it again.
            CaseAct.TakeBack when file.State is CaseState.Refused or CaseState.Merged => Told(file with
            {
                State = CaseState.Accepted, Department = null, Assignee = null, AcceptedAt = file.AcceptedAt ?? now, ClosedAt = null, MergedInto = null,
                AnswerBy = CaseClock.Resumed(setting.Calendar, file.AnswerBy, file.ClosedAt!.Value, now, setting.Category.Term),
            }),
            CaseAct.TakeBack => Told(CaseLife.Again(file, setting)),
            CaseAct.Note => Internal(file),
            CaseAct.Call call => Internal(file with { CallBackDue = !call.Reached }),
            CaseAct.Concern concern => Internal(file with { About = concern.Department }),
            // What everybody reads is approved anew when it changes.
            CaseAct.Adopt => Told(file with
            {
                Adopted = act.Words, AdoptedAt = file.AdoptedAt ?? now, AdoptedBy = by.Name, PublishedAt = null,
                Publicity = file.Publicity is CasePublicity.Public ? CasePublicity.Ready : file.Publicity,
            }),
            CaseAct.Redact redact => Internal(file with
            {
                Publicity = CasePublicity.Ready, PublicTitle = redact.Title, PublicStory = redact.Story, PublicReply = redact.PublicReply, PublicBy = by.Name,
            }),
            CaseAct.Publish => Told(file with { Publicity = CasePublicity.Public, PublishedAt = now }),
            CaseAct.Unpublish => Internal(file with { Publicity = CasePublicity.Ready, PublishedAt = null }),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };

        CaseFile Drafted(CaseAct.Reply reply) => file with
        {
            ReplyBy = by.Name, Assignee = by.Name, Decision = file.IsDisclosure ? reply.Decision : null, Documents = reply.Documents.Count + reply.Kept.Count,
        };

        CaseOutcome Told(CaseFile after, string? words = null) => new CaseOutcome.Changed(after, [Entry(after, words ?? act.Words, shown: true)]);

        CaseOutcome Internal(CaseFile after, string? words = null) => new CaseOutcome.Changed(after, [Entry(after, words ?? act.Words, shown: false)]);

        // The answer is a step of its own in the timeline, and the question for a rating is the next.
        CaseOutcome Answered(CaseFile before, string words)
        {
            var answered = before with
            {
                State = CaseState.Answered, Reply = words, AnsweredAt = now, PausedAt = null, ReplyPending = null,
                AcceptedAt = before.AcceptedAt ?? now, ExtensionDays = null, ExtensionWhy = null, ExtensionBy = null,
            };
            // A decision on a request ends it: who disagrees goes to law, not to another officer.
            if (before.IsDisclosure)
            {
                var decided = answered with { State = CaseState.Closed, ClosedAt = now };
                return new CaseOutcome.Changed(decided, [Entry(decided, words, shown: true)]);
            }

            List<CaseEntry> entries = [Entry(answered, words, shown: true)];
            if (before.Rating is not null || !before.HasCitizen)
                return new CaseOutcome.Changed(answered, entries);
            var asked = answered with { State = CaseState.Rating };
            entries.Add(new(CaseEntry.System, "ask_rating", CaseState.Rating, file.Department, "", Shown: true));
            return new CaseOutcome.Changed(asked, entries);
        }

        CaseEntry Entry(CaseFile after, string words, bool shown) => new(by.Name, act.Name, after.State, after.Department ?? file.Department, words, shown);
    }
}
