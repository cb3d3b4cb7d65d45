using System.Globalization;
using Bot.Data.Consultations;
using Bot.Handlers.Language;
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

    // What all of a few comments are about would count for nothing, being everywhere; beside so many that say nothing it counts as among many.
    private const int Fewest = 50;

    /// <param name="comments">Of one consultation, those that are left out not among them; those with a point draw others to it.</param>
    /// <returns>Where those without a point belong: to a point that is there, or to a new one, if need be alone.</returns>
    public static IReadOnlyList<CommentGroup> Propose(IReadOnlyCollection<CommentRow> comments) =>
        [.. comments.OrderBy(c => c.Id).GroupBy(c => c.Part).SelectMany(part => OfPart(
            part.Key, [.. part.Where(c => c.Point is not null).TakeLast(Most), .. part.Where(c => c.Point is null).Take(Most)]))];

    private static IEnumerable<CommentGroup> OfPart(string part, CommentRow[] comments)
    {
        if (comments.All(c => c.Point is not null))
            return [];

        // Words that were copied many times are one document: otherwise the copies fill every answer of the search.
        Bundle[] bundles = [.. comments.GroupBy(c => Chinese.Fold(c.Words).Trim()).Select(same => new Bundle(
            same.FirstOrDefault(c => c.Point is not null) ?? same.First(), [.. same.Where(c => c.Point is null)]))];
        // A search gives so many hits and no more. Where that cut off some, those who lead are compared again among themselves.
        int before;
        bool cut;
        do
        {
            before = bundles.Length;
            var alike = Compare(bundles, out cut);
            bundles = Gather(bundles, alike);
        }
        while (cut && bundles.Length < before);

        return [.. bundles.Where(b => b.New.Count > 0 && b.Leader.Point is not null).GroupBy(b => b.Leader.Point)
                .Select(known => new CommentGroup(part, known.Key, "", [.. known.SelectMany(b => b.New).Select(c => c.Id).Order()])),
            .. bundles.Where(b => b.Leader.Point is null).Select(b => new CommentGroup(part, null, TitleOf(b), [b.Leader.Id, .. b.New.Where(c => c != b.Leader).Select(c => c.Id).Order()]))];
    }

    // By the leaders' ids, how well each answers the other.
    private static Dictionary<long, Dictionary<long, float>> Compare(Bundle[] bundles, out bool cut)
    {
        cut = false;
        var index = PolicyIndex.Build([
            .. bundles.Select(b => new SearchDocument(Key(b.Leader), "", [], b.Leader.Words, DocumentType.Faq)),
            .. Enumerable.Range(1, Math.Max(0, Fewest - bundles.Length)).Select(i => new SearchDocument($"-{i}", "", [], "", DocumentType.Faq))], Synonyms.Own);
        var alike = bundles.ToDictionary(b => b.Leader.Id, _ => new Dictionary<long, float>());
        Span<Hit> hits = new Hit[PolicyIndex.MaxHits];
        foreach (var bundle in bundles)
        {
            var found = hits[..index.Search(bundle.Leader.Words, hits)];
            var (own, id) = (OwnScore(found, Key(bundle.Leader)), bundle.Leader.Id);
            foreach (var hit in found)
            {
                if (own > 0 && hit.Score >= own * Alike && long.Parse(hit.Id, CultureInfo.InvariantCulture) is var other && other != id)
                    alike[id][other] = alike[other][id] = Math.Max(alike[id].GetValueOrDefault(other), hit.Score / own);
            }

            cut |= found.Length == PolicyIndex.MaxHits && found[^1].Score >= own * Alike;
        }

        return alike;
    }

    private static Bundle[] Gather(Bundle[] bundles, Dictionary<long, Dictionary<long, float>> alike)
    {
        var byId = bundles.ToDictionary(b => b.Leader.Id);
        HashSet<long> free = [.. bundles.Where(b => b.Leader.Point is null).Select(b => b.Leader.Id)];
        List<Bundle> gathered = [.. bundles.Where(b => b.Leader.Point is not null)];
        foreach (var id in free.Order().ToArray())
        {
            if (alike[id].Where(a => byId[a.Key].Leader.Point is not null).OrderByDescending(a => a.Value).ThenBy(a => a.Key).Select(a => byId[a.Key]).FirstOrDefault() is not { } known)
                continue;
            known.New.AddRange(byId[id].New);
            free.Remove(id);
        }

        // Who has most like it gives the point its name, and draws those to it; so no chain of neighbours runs from one matter into another.
        foreach (var leader in free.OrderByDescending(id => alike[id].Keys.Where(free.Contains).Sum(other => byId[other].New.Count) + byId[id].New.Count).ThenBy(id => id).ToArray())
        {
            if (!free.Remove(leader))
                continue;
            gathered.Add(new(byId[leader].Leader, [.. byId[leader].New, .. alike[leader].Keys.Where(free.Remove).Order().SelectMany(id => byId[id].New)]));
        }

        return [.. gathered];
    }

    // Among very many alike it may not be among the hits itself; the best of them is as good.
    private static float OwnScore(ReadOnlySpan<Hit> hits, string key)
    {
        foreach (var hit in hits)
        {
            if (hit.Id == key)
                return hit.Score;
        }

        return hits.Length == PolicyIndex.MaxHits ? hits[0].Score : 0;
    }

    // The first sentence of one that is not hidden, if there is one; staff give it a better name.
    private static string TitleOf(Bundle bundle)
    {
        var line = (bundle.Leader.State is CommentState.Hidden ? bundle.New.FirstOrDefault(c => c.State is not CommentState.Hidden) ?? bundle.Leader : bundle.Leader).Words.ReplaceLineEndings(" ").Trim();
        var end = line.IndexOfAny(['。', '！', '？', '!', '?', '；']);
        var first = end > 3 ? line[..end] : line;
        return first.Length <= LongestTitle ? first : $"{first.AsSpan(0, char.IsHighSurrogate(first[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)}…";
    }

    private static string Key(CommentRow comment) => comment.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Comments that are taken for one.</summary>
    /// <param name="Leader">In whose words they are compared; its point is theirs.</param>
    /// <param name="New">Those without a point.</param>
    private sealed record Bundle(CommentRow Leader, List<CommentRow> New);
}
