using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>Some documents, indexed: what they say, and the phrases by which each is called. Immutable.</summary>
internal sealed class Segment
{
    private Segment(SearchDocument[] documents, GramSpace bodies, GramSpace phrases, int[] owners, bool[] asked)
    {
        Documents = documents;
        Bodies = bodies;
        Phrases = phrases;
        Owners = owners;
        Asked = asked;
        Numbers = new(documents);
        Ranks = [.. documents.Select(d => d.Type is DocumentType.Statute ? LegalRanks.Of(d.Title) : LegalRank.Law)];
    }

    public SearchDocument[] Documents { get; }

    public LegalRank[] Ranks { get; }

    public NumberTable Numbers { get; }

    public GramSpace Bodies { get; }

    public GramSpace Phrases { get; }

    /// <summary>The document of each phrase, ascending.</summary>
    public int[] Owners { get; }

    /// <summary>Whether a phrase is a citizen's past question.</summary>
    public bool[] Asked { get; }

    public static Segment Build(IReadOnlyCollection<SearchDocument> documents)
    {
        GramSpaceBuilder bodies = new();
        GramSpaceBuilder phrases = new();
        List<int> owners = [];
        List<bool> asked = [];
        KeyBuffer keys = new();
        foreach (var (number, document) in documents.Index())
        {
            ReadBody(document, keys);
            bodies.Add(keys.Keys);
            foreach (var (phrase, wasAsked) in PhrasesOf(document))
            {
                ReadPhrase(phrase, keys);
                phrases.Add(keys.Keys);
                owners.Add(number);
                asked.Add(wasAsked);
            }
        }

        return new([.. documents], bodies.Freeze(), phrases.Freeze(), [.. owners], [.. asked]);
    }

    /// <returns>The document's phrase with the highest score, or -1 if it has no phrase.</returns>
    public int BestPhrase(int document, ReadOnlySpan<float> scores)
    {
        var at = Array.BinarySearch(Owners, document);
        if (at < 0)
            return -1;
        while (at > 0 && Owners[at - 1] == document)
            at--;
        var best = at;
        for (; at < Owners.Length && Owners[at] == document; at++)
        {
            if (scores[at] > scores[best])
                best = at;
        }

        return best;
    }

    public static void ReadBody(SearchDocument document, KeyBuffer keys)
    {
        keys.Clear();
        GramReader.Read(Chinese.Fold(document.Title), rich: false, keys);
        foreach (var alias in document.Aliases)
            GramReader.Read(Chinese.Fold(alias), rich: false, keys);
        GramReader.Read(Chinese.Fold(document.Text), rich: false, keys);
    }

    public static void ReadPhrase(string phrase, KeyBuffer keys)
    {
        keys.Clear();
        GramReader.Read(Fillers.Without(Chinese.Fold(phrase)), rich: true, keys);
    }

    // The title of a statute article is the name of its law: hundreds share it, and matching it drowns what the article says.
    public static IEnumerable<(string Phrase, bool Asked)> PhrasesOf(SearchDocument document)
    {
        if (document.Type is not DocumentType.Statute)
            yield return (document.Title, false);
        foreach (var alias in document.Aliases)
            yield return (alias, false);
        foreach (var question in document.Questions)
            yield return (question, true);
    }
}
