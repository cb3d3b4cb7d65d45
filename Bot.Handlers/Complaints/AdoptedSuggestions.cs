using Bot.Data.Cases;
using Bot.Handlers.Desk;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>采纳的建议: what citizens proposed and what came of it, the newest first.</summary>
public sealed class AdoptedSuggestions(IPublicCases cases, AccountProfile account) : IHandler
{
    /// <summary>Where all of them are read.</summary>
    public const string Path = "/suggestions";

    private const int Shown = 3;
    private const int LongestOutcome = 60;

    private static readonly Text s_list = Text.Of("case.adopted");
    private static readonly Text s_row = Text.Of("case.adopted-row");
    private static readonly Text s_all = Text.Of("case.adopted-all");
    private static readonly Text s_none = Text.Of("case.adopted-none");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var found = await cases.ListAsync(new(Adopted: true), null, Shown, ct);
        if (found.Count == 0)
            return Answer.Say(s_none.Say());
        object all = account.PublicBaseUrl.Length == 0 ? "" : new Link($"{account.PublicBaseUrl}{Path}", s_all.Say()) { Ends = "\n" };
        return Answer.Say(s_list.Say(string.Join('\n', found.Select(c => s_row.Say(c.Title, Cut(c.Adopted!.ReplaceLineEndings(" "))))), all));
    }

    private static string Cut(string words) => words.Length <= LongestOutcome ? words : $"{words.AsSpan(0, LongestOutcome - 1)}…";
}
