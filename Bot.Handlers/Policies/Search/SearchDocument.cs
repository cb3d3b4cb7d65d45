namespace Bot.Handlers.Policies.Search;

/// <summary>What a document is to a citizen, most helpful first: a guide tells what to do, a statute article what the law says.</summary>
public enum DocumentType
{
    Guide,
    Faq,
    Policy,
    Explanation,
    OfficialReply,
    Statute,
}

/// <summary>A published document as the search sees it.</summary>
/// <param name="Id">Unique in an index.</param>
/// <param name="Aliases">What else citizens call it, as an editor knows.</param>
/// <param name="Text">All that it says, in any layout.</param>
public sealed record SearchDocument(string Id, string Title, IReadOnlyList<string> Aliases, string Text, DocumentType Type)
{
    public string Issuer { get; init; } = "";

    /// <summary>文号 in any written form; empty when the document has none.</summary>
    public string Number { get; init; } = "";

    /// <summary>Past questions of citizens that this document was confirmed to answer.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];
}

/// <summary>A question of the past and the documents that answered it.</summary>
public sealed record PastQuestion(string Question, IReadOnlyList<string> Documents);

/// <summary>A document found.</summary>
/// <param name="Score">Comparable within one answer only.</param>
/// <param name="Confidence">How likely it answers the question, 0 to 1; below <see cref="PolicyIndex.Found"/> it is a miss.</param>
public readonly record struct Hit(SearchDocument Document, float Score, float Confidence)
{
    public string Id => Document.Id;
}
