using System.Globalization;
using Bot.Data.Consultations;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Puts similar comments together with the search that finds policies: each comment asks, the others are the documents.</summary>
public static class CommentGrouping
{
    /// <summary>New comments of a part that are looked at together, and as many of those that have a point; the others wait for the next time.</summary>
    public const int Most = 3000;

    // How well another comment answers, as a share of how well a comment answers itself.
    private const float Alike = 0.3f;
    private const int LongestTitle = 40;

    /// <param name="comments">Of one consultation, hidden ones left out; those with a point draw others to it.</param>
    /// <returns>Where those without a point belong: to a point that is there, or to a new one, if need be alone.</returns>
    public static IReadOnlyList<CommentGroup> Propose(IReadOnlyCollection<CommentRow> comments) =>
        [.. comments.OrderBy(c => c.Id).GroupBy(c => c.Part).SelectMany(part => OfPart(
            part.Key, [.. part.Where(c => c.Point is not null).TakeLast(Most), .. part.Where(c => c.Point is null).Take(Most)]))];

    private static IEnumerable<CommentGroup> OfPart(string part, CommentRow[] comments)
    {
        if (comments.All(c => c.Point is not null))
            return [];
        var index = PolicyIndex.Build(comments.Select(c => new SearchDocument(Key(c), "", [], c.Words, DocumentType.Faq)), Synonyms.Own);
        var byKey = comments.ToDictionary(Key);
        var alike = comments.ToDictionary(c => c.Id, _ => new Dictionary<long, float>());
        Span<Hit> hits = new Hit[PolicyIndex.MaxHits];
        foreach (var comment in comments)
        {
            var found = hits[..index.Search(comment.Words, hits)];
            var own = OwnScore(found, Key(comment));
            foreach (var hit in found)
            {
                if (own > 0 && hit.Score >= own * Alike && byKey[hit.Id] is var other && other.Id != comment.Id)
                    alike[comment.Id][other.Id] = alike[other.Id][comment.Id] = Math.Max(alike[comment.Id].GetValueOrDefault(other.Id), hit.Score / own);
            }
        }

        return Gather(part, comments, alike);
    }

    private static IEnumerable<CommentGroup> Gather(string part, CommentRow[] comments, Dictionary<long, Dictionary<long, float>> alike)
    {
        Dictionary<long, List<long>> known = [];
        var byId = comments.ToDictionary(c => c.Id);
        HashSet<long> free = [.. comments.Where(c => c.Point is null).Select(c => c.Id)];
        foreach (var id in free.Order().ToArray())
        {
            if (alike[id].Where(a => byId[a.Key].Point is not null).OrderByDescending(a => a.Value).ThenBy(a => a.Key).Select(a => byId[a.Key].Point).FirstOrDefault() is not { } point)
                continue;
            known.TryAdd(point, []);
            known[point].Add(id);
            free.Remove(id);
        }

        List<CommentGroup> groups = [.. known.Select(k => new CommentGroup(part, k.Key, "", k.Value))];
        // Who has most like it gives the point its name, and draws those to it; so no chain of neighbours runs from one matter into another.
        foreach (var leader in free.OrderByDescending(id => alike[id].Keys.Count(free.Contains)).ThenBy(id => id).ToArray())
        {
            if (!free.Remove(leader))
                continue;
            var members = alike[leader].Keys.Where(free.Remove).Order().ToArray();
            groups.Add(new(part, null, TitleOf(byId[leader].Words), [leader, .. members]));
        }

        return groups;
    }

    private static float OwnScore(ReadOnlySpan<Hit> hits, string key)
    {
        foreach (var hit in hits)
        {
            if (hit.Id == key)
                return hit.Score;
        }

        return 0;
    }

    // Its first sentence; staff give it a better name.
    private static string TitleOf(string words)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        var end = line.IndexOfAny(['。', '！', '？', '!', '?', '；']);
        var first = end > 3 ? line[..end] : line;
        return first.Length <= LongestTitle ? first : $"{first.AsSpan(0, char.IsHighSurrogate(first[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)}…";
    }

    private static string Key(CommentRow comment) => comment.Id.ToString(CultureInfo.InvariantCulture);
}
