namespace Bot.Handlers.Policies.Search;

/// <summary>
/// Finds the documents that answer a citizen's question: BM25 over pairs of characters, single characters and syllables, of what a document says
/// and of each phrase it is called by. Immutable and safe for any number of threads; a query allocates nothing.
/// </summary>
public sealed partial class PolicyIndex
{
    /// <summary>A hit of at least this confidence is an answer; below, say that nothing was found.</summary>
    public const float Found = 0.35f;

    /// <summary>Hits that one search can give.</summary>
    public const int MaxHits = 50;

    // Building so few takes no longer than a moment.
    internal const int RebuildBelow = 2000;

    private readonly LiveSegment[] _segments;
    private readonly Dictionary<string, (int Segment, int Number)> _places;
    private readonly SearchWeights _weights;
    private readonly RarityTable _bodyIdf;
    private readonly RarityTable _phraseIdf;

    private PolicyIndex(LiveSegment[] segments, Synonyms synonyms, SearchWeights weights)
    {
        (_segments, Synonyms, _weights) = (segments, synonyms, weights);
        Count = segments.Sum(s => s.Alive);
        var phrases = segments.Sum(s => s.AlivePhrases);
        (_bodyIdf, _phraseIdf) = (new(Count), new(phrases));
        _places = new(Count, StringComparer.Ordinal);
        foreach (var (i, segment) in segments.Index())
        {
            foreach (var (number, document) in segment.Segment.Documents.Index())
            {
                if (!segment.Dead[number])
                    _places.Add(document.Id, (i, number));
            }
        }

        var channels = Enumerable.Range(0, Grams.Channels).Select(c => (Channel)c).ToArray();
        float[] bodyMeans = [.. channels.Select(c => segments.Sum(s => s.BodyLength(c)) / (float)Math.Max(Count, 1))];
        float[] phraseMeans = [.. channels.Select(c => segments.Sum(s => s.PhraseLength(c)) / (float)Math.Max(phrases, 1))];
        foreach (var segment in segments)
            segment.SetNorms(bodyMeans, phraseMeans, weights);
    }

    private PolicyIndex(PolicyIndex other, Synonyms synonyms)
    {
        (_segments, _places, _weights, _bodyIdf, _phraseIdf) = (other._segments, other._places, other._weights, other._bodyIdf, other._phraseIdf);
        (Count, Synonyms) = (other.Count, synonyms);
    }

    internal Synonyms Synonyms { get; }

    /// <summary>How many documents can be found.</summary>
    public int Count { get; }

    /// <exception cref="ArgumentException">Two documents have the same id.</exception>
    public static PolicyIndex Build(
        IEnumerable<SearchDocument> documents, Synonyms synonyms, IEnumerable<PastQuestion>? memory = null) =>
        Build(documents, synonyms, memory ?? [], SearchWeights.Default);

    internal static PolicyIndex Build(
        IEnumerable<SearchDocument> documents, Synonyms synonyms, IEnumerable<PastQuestion> memory, SearchWeights weights)
    {
        var asked = memory.SelectMany(m => m.Documents.Select(id => (id, m.Question))).ToLookup(m => m.id, m => m.Question);
        SearchDocument[] all = [.. documents.Select(d => asked.Contains(d.Id) ? d with { Questions = [.. d.Questions, .. asked[d.Id]] } : d)];
        return new([new(Segment.Build(all), new bool[all.Length])], synonyms, weights);
    }

    /// <summary>The best documents first.</summary>
    /// <returns>How many of <paramref name="hits"/> were filled, at most <see cref="MaxHits"/>. See <see cref="Hit.Confidence"/> for whether they answer.</returns>
    public int Search(ReadOnlySpan<char> question, Span<Hit> hits) => Searcher.OfThisThread.Search(this, question, hits);

    /// <summary>The index after an edit, the same as one built anew from the documents that result.</summary>
    /// <param name="changed">New documents, and new versions of known ones.</param>
    /// <param name="removed">Ids; unknown ones are ignored.</param>
    /// <remarks>A small collection is built anew. In a large one the changed documents form a second segment beside the first, until they are too many.</remarks>
    public PolicyIndex With(IEnumerable<SearchDocument> changed, IEnumerable<string> removed)
    {
        SearchDocument[] fresh = [.. changed];
        HashSet<string> gone = [.. removed, .. fresh.Select(d => d.Id)];
        if (_segments.Length == 0 || Count <= RebuildBelow)
            return Rebuilt(fresh, gone);

        var recent = _segments.Skip(1).SelectMany(Alive).Where(d => !gone.Contains(d.Id)).Concat(fresh).ToArray();
        var first = _segments[0];
        bool[] dead = [.. first.Segment.Documents.Select((d, i) => first.Dead[i] || gone.Contains(d.Id))];
        if (recent.Length + dead.Count(d => d) > first.Dead.Length / 16)
            return Rebuilt(fresh, gone);
        return new([new(first.Segment, dead), new(Segment.Build(recent), new bool[recent.Length])], Synonyms, _weights);
    }

    /// <summary>The same documents with other synonyms: these apply to questions, so nothing is indexed anew.</summary>
    public PolicyIndex WithSynonyms(Synonyms synonyms) => new(this, synonyms);

    /// <returns>Of a gram that no document has 1; the more have it, the less.</returns>
    internal float RarityOf(uint key)
    {
        var having = 0;
        foreach (var segment in _segments)
            having += segment.BodyFrequency(segment.Segment.Bodies.Find(key));
        return having == 0 ? 1 : Math.Min(1, _bodyIdf.Of(having) / _bodyIdf.Of(1));
    }

    private PolicyIndex Rebuilt(SearchDocument[] fresh, HashSet<string> gone) =>
        Build(_segments.SelectMany(Alive).Where(d => !gone.Contains(d.Id)).Concat(fresh), Synonyms, [], _weights);

    private static IEnumerable<SearchDocument> Alive(LiveSegment segment) =>
        segment.Segment.Documents.Where((_, i) => !segment.Dead[i]);
}
