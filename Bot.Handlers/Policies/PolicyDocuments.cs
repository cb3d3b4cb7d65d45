using Bot.Data.Policies;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies;

/// <summary>Documents as the search sees them.</summary>
internal static class PolicyDocuments
{
    public static SearchDocument Searchable(Policy p) => new(p.Id, p.Title, p.Aliases, Text(p), TypeOf(p.Type)) { Issuer = p.Issuer, Number = p.DocumentNumber };

    private static string Text(Policy p) => string.Join('\n', ((string[])
    [
        p.Summary, p.Who, p.Conditions, string.Join('、', p.Materials), string.Join('；', p.Steps), p.Place, p.Fee, p.TimeLimit, p.Issuer,
        string.Join('；', p.LegalBasis), p.Body, p.Note,
    ]).Where(part => part.Length > 0));

    private static DocumentType TypeOf(PolicyType type) => type switch
    {
        PolicyType.Guide => DocumentType.Guide,
        PolicyType.Faq => DocumentType.Faq,
        PolicyType.Policy => DocumentType.Policy,
        PolicyType.Explanation => DocumentType.Explanation,
        PolicyType.Reply => DocumentType.OfficialReply,
    };
}
