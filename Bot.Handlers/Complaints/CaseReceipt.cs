using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>回执: the number, who answers it, and by when.</summary>
public sealed class CaseReceipt(CaseCatalogue catalogue)
{
    private static readonly Text s_filed = Text.Of("case.receipt");
    private static readonly Text s_secret = Text.Of("case.receipt-report");
    private static readonly Text s_sealed = Text.Of("case.receipt-sealed");
    private static readonly Text s_joined = Text.Of("case.receipt-join");

    public Answer Filed(CaseFile file, CaseCategory category) => Answer.Say(
        (file.Kind is CaseKind.Report ? s_secret : s_filed).Say(
            file.Number, file.Kind.Shown, category.Name, catalogue.NameOf(category.DepartmentFor(file.Address, file.Story)), CaseDates.By(file.AcceptBy), CaseDates.By(file.AnswerBy)));

    /// <summary>The one time that the code is shown.</summary>
    public static Answer Sealed(CaseFile file, SealedCode code) =>
        Answer.Say(s_sealed.Say(code, CaseDates.By(file.AcceptBy), CaseDates.By(file.AnswerBy)));

    public static Answer Joined(CaseFile file) => Answer.Say(s_joined.Say(file.Number, file.State.Shown, CaseDates.By(file.AnswerBy)));
}
