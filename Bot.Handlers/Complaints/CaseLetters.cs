using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>What a citizen is told of each step, in plain words.</summary>
public sealed class CaseLetters(CaseCatalogue catalogue) : ICaseLetters
{
    /// <summary>The office's code of the template for citizens who cannot be written to: number, matter, state.</summary>
    public const string Template = "progress";

    private const int LongestField = 20;

    private const int LongestWords = 1500;

    private static readonly Text s_accept = Text.Of("case.letter.accept");
    private static readonly Text s_refuse = Text.Of("case.letter.refuse");
    private static readonly Text s_dispatch = Text.Of("case.letter.dispatch");
    private static readonly Text s_take = Text.Of("case.letter.take");
    private static readonly Text s_ask = Text.Of("case.letter.ask");
    private static readonly Text s_reply = Text.Of("case.letter.reply");
    private static readonly Text s_replyToJoined = Text.Of("case.letter.reply-joined");
    private static readonly Text s_rate = Text.Of("case.letter.rate");
    private static readonly Text s_extend = Text.Of("case.letter.extend");
    private static readonly Text s_merge = Text.Of("case.letter.merge");
    private static readonly Text s_takeBack = Text.Of("case.letter.take-back");
    private static readonly Text s_takeBackForJoined = Text.Of("case.letter.take-back-joined");
    private static readonly Text s_overdue = Text.Of("case.letter.overdue");
    private static readonly Text s_close = Text.Of("case.letter.close");
    private static readonly Text s_adopt = Text.Of("case.letter.adopt");
    private static readonly Text s_mayShare = Text.Of("case.letter.may-share");
    private static readonly Text s_share = Text.Of("case.do-share");
    private static readonly Text s_unshare = Text.Of("case.do-unshare");
    private static readonly Text s_publish = Text.Of("case.letter.publish");
    private static readonly Text s_closedForJoined = Text.Of("case.letter.ended-joined");
    private static readonly Text s_notice = Text.Of("case.notice-matter");
    private static readonly Text s_add = Text.Of("case.do-add");
    private static readonly Text s_look = Text.Of("case.do-look");
    private static readonly Text s_doRate = Text.Of("case.do-rate");
    private static readonly Text s_reopen = Text.Of("case.do-reopen");
    private static readonly Text s_correct = Text.Of("open.letter.correct");
    private static readonly Text s_charge = Text.Of("open.letter.charge");
    private static readonly Text s_paid = Text.Of("open.letter.paid");
    private static readonly Text s_giveUp = Text.Of("open.letter.give-up");
    private static readonly Text s_decided = Text.Of("open.letter.decided");
    private static readonly Text s_remedy = Text.Of("open.letter.remedy");
    private static readonly Text s_with = Text.Of("open.letter.documents");
    private static readonly Text s_documents = Text.Of("open.do-documents");
    private static readonly Text s_report = Text.Of("case.letter.report");

    public CaseLetter? Write(CaseFile file, CaseEntry entry, CaseCategory category, bool owner)
    {
        if (Words(file, entry, category, owner) is not { } words)
            return null;
        // A report's own letter names nothing, and goes by no template that would.
        if (file.Kind is CaseKind.Report)
            return new(s_report.Say(), "", new Dictionary<string, string>());
        Choice[] next = owner ? Next(file, entry) : [];
        // A field of a notice holds 20 characters: what to do first is told where there is room beside the category.
        var offers = next.Length > 0 && s_notice.Say(category.Name, next[0].Label).Length <= LongestField;
        return new(next.Length == 0 ? words : NumberedList.Under(words, next), Template, new Dictionary<string, string>
        {
            ["thing1"] = offers ? s_notice.Say(category.Name, next[0].Label) : category.Name, ["phrase2"] = entry.State.Shown, ["time3"] = Beijing.Written(entry.At),
            ["character_string4"] = file.Number,
        })
        {
            Choices = [.. next.Select(c => c.Command)], NoticeChoices = offers ? [next[0].Command] : [],
        };
    }

    // What the letter asks for is one number away.
    private static Choice[] Next(CaseFile file, CaseEntry entry) => entry.Act switch
    {
        "ask" => [new(s_add.Say(), $"case.add {file.Number}"), new(s_look.Say(), $"case.show {file.Number}")],
        "reply" or "approve_reply" when file.State is CaseState.Rating =>
            [new(s_doRate.Say(), $"case.rate {file.Number}"), new(s_reopen.Say(), $"case.reopen {file.Number}")],
        "reply" or "approve_reply" when file.Documents > 0 =>
            [new(s_documents.Say(file.Documents), $"case.documents {file.Number}"), new(s_look.Say(), $"case.show {file.Number}")],
        "adopt" when file.Publicity is CasePublicity.No => [new(s_share.Say(), $"case.share yes {file.Number}"), new(s_look.Say(), $"case.show {file.Number}")],
        "publish" => [new(s_look.Say(), $"case.show {file.Number}"), new(s_unshare.Say(), $"case.share no {file.Number}")],
        _ => [],
    };

    private string? Words(CaseFile file, CaseEntry entry, CaseCategory category, bool owner)
    {
        var (number, matter, words) = (file.Number, $"{file.Kind.Shown}·{category.Name}", Cut(entry.Words));
        return entry.Act switch
        {
            "accept" => s_accept.Say(number, matter, CaseDates.By(file.AnswerBy)),
            "refuse" when owner => s_refuse.Say(number, matter, words),
            "dispatch" => s_dispatch.Say(number, matter, catalogue.NameOf(entry.Department), CaseDates.By(file.AnswerBy)),
            "take" => s_take.Say(number, matter, catalogue.NameOf(entry.Department)),
            "ask" when file.IsDisclosure => s_correct.Say(number, words, CaseDates.By(file.WaitUntil!.Value)),
            "charge" => s_charge.Say(number, CaseDates.Yuan(file.Fee), words, CaseDates.By(file.WaitUntil!.Value)),
            "paid" => s_paid.Say(number, CaseDates.By(file.AnswerBy)),
            "give_up" => s_giveUp.Say(number, Disclosure.Find(file.Decision)?.Name, CaseDates.By(file.WaitUntil!.Value)),
            "reply" or "approve_reply" when file.IsDisclosure => Decided(file, words),
            "ask" when owner => s_ask.Say(number, matter, words),
            "reply" or "approve_reply" when owner => $"{s_reply.Say(number, matter, words)}{(file.State is CaseState.Rating ? $"\n{s_rate.Say()}" : "")}",
            "reply" or "approve_reply" => s_replyToJoined.Say(number, matter),
            "grant_extension" => s_extend.Say(number, matter, CaseDates.By(file.AnswerBy), owner ? words : ""),
            "merge" when owner => s_merge.Say(number, matter, words),
            "take_back" when owner => s_takeBack.Say(number, matter, words, CaseDates.By(file.AnswerBy)),
            "take_back" => s_takeBackForJoined.Say(number, matter),
            "overdue" => s_overdue.Say(number, matter, catalogue.NameOf(file.Department)),
            "close" when owner => s_close.Say(number, matter),
            "adopt" when owner => $"{s_adopt.Say(number, matter, words)}{(file.Publicity is CasePublicity.No ? $"\n{s_mayShare.Say()}" : "")}",
            "publish" when owner => s_publish.Say(number, matter),
            "refuse" or "merge" or "withdraw" or "close" when !owner => s_closedForJoined.Say(number, matter, entry.State.Shown),
            _ => null,
        };
    }

    // Who is refused is told where to turn: 行政复议法 and 行政诉讼法 ask for it.
    private static string Decided(CaseFile file, string words) =>
        $"{s_decided.Say(file.Number, Disclosure.Find(file.Decision)?.Shown, words)}{(file.Documents == 0 ? "" : $"\n{s_with.Say(file.Documents, file.Number)}")}{(file.Decision == Disclosure.Open ? "" : $"\n{s_remedy.Say()}")}";

    private static string Cut(string words) => words.Length <= LongestWords ? words : $"{words.AsSpan(0, LongestWords)}…";
}
