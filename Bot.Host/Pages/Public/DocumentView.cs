using Bot.Data.Articles;
using Bot.Data.Policies;
using Bot.Handlers.Policies;

namespace Bot.Host.Pages.Public;

/// <summary>A document with all that its page shows beside it.</summary>
public sealed record DocumentView(Policy Policy, Validity Validity)
{
    /// <summary>What took its place; null for none.</summary>
    public Policy? Successor { get; init; }

    /// <summary>What it took the place of.</summary>
    public IReadOnlyList<Policy> Predecessors { get; init; } = [];

    /// <summary>What it explains or puts into practice; null for nothing.</summary>
    public Policy? Explained { get; init; }

    /// <summary>What explains it or puts it into practice.</summary>
    public IReadOnlyList<Policy> Explaining { get; init; } = [];

    /// <summary>公告 and 解读 that name it, newest first, each with the name of its column.</summary>
    public IReadOnlyList<(PublicArticle Article, string Column)> Articles { get; init; } = [];

    public IReadOnlyList<AttachmentFile> Files { get; init; } = [];

    /// <summary>Newest first; empty for a document that never changed.</summary>
    public IReadOnlyList<VersionDay> Revisions { get; init; } = [];

    /// <summary>All others that it names.</summary>
    public IEnumerable<Policy> Linked => Predecessors.Concat(Explaining).Concat(new[] { Successor, Explained }.OfType<Policy>());

    public static DocumentView Of(Policy policy, Shelf shelf, DateOnly today) => new(policy, policy.ValidityOn(today))
    {
        Successor = shelf.ById.GetValueOrDefault(policy.SuccessorId),
        Predecessors = [.. shelf.ById.Values.Where(p => p.SuccessorId == policy.Id).OrderBy(p => p.Id, StringComparer.Ordinal)],
        Explained = shelf.ById.GetValueOrDefault(policy.Explains),
        Explaining = [.. shelf.Explaining(policy.Id)],
        Files = [.. policy.Attachments.Select(shelf.Files.GetValueOrDefault).OfType<AttachmentFile>()],
        Revisions = [.. shelf.RevisionsOf(policy.Id).Reverse()],
    };
}
