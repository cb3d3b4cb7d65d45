using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>回执: the number, who answers it, and by when.</summary>
public sealed class CaseReceipt(CaseCatalogue catalogue)
{
    private static readonly Text s_filed = Text.Of("case.receipt");
    private static readonly Text s_secret = Text.Of("case.receipt-report");
    private static readonly Text s_requested = Text.Of("open.receipt");
    private static readonly Text s_sealed = Text.Of("case.receipt-sealed");
    private static readonly Text s_joined = Text.Of("case.receipt-join");

    public Answer Filed(CaseFile file, CaseCategory category) => Answer.Say(
        (file.Kind is CaseKind.Report ? s_secret : s_filed).Say(
            file.Number, file.Kind.Shown, category.Name, catalogue.NameOf(category.DepartmentFor(file.Address, file.Story)), CaseDates.By(file.AcceptBy), CaseDates.By(file.AnswerBy)));

    public Answer Requested(CaseFile file, CaseCategory category) => Answer.Say(
        s_requested.Say(file.Number, catalogue.NameOf(category.Department), CaseDates.By(file.AnswerBy), category.Term.AnswerDays, Disclosure.MostExtension));

    /// <summary>As the yearly report calls them.</summary>
    public static string Applicant(string? code) => Disclosure.Applicants.FirstOrDefault(a => a.Code == code).Name ?? "";

    /// <summary>The one time that the code is shown.</summary>
    public static Answer Sealed(CaseFile file, SealedCode code) =>
        Answer.Say(s_sealed.Say(code, CaseDates.By(file.AcceptBy), CaseDates.By(file.AnswerBy)));

    public static Answer Joined(CaseFile file) => Answer.Say(s_joined.Say(file.Number, file.State.Shown, CaseDates.By(file.AnswerBy)));
}
