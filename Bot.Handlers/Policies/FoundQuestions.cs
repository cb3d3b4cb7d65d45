using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;
using Bot.Handlers.Publishing;

namespace Bot.Handlers.Policies;

/// <summary>What questions find, kept for as long as the documents stay as they are: a city asks the same few hundred things all day.</summary>
/// <remarks>Safe for any number of threads. Long numbers are left out before searching: no document is found by somebody's account.</remarks>
public sealed class FoundQuestions(PolicyLibrary library, NewsLibrary articles, NewsFinder news, TimeProvider clock)
{
    private const int Shown = 3;

    // A few kB each; then all are forgotten, and the hot ones are soon back.
    private const int Most = 2000;

    private volatile Kept? _kept;

    internal Found Find(string question)
    {
        if (question.Length > QuestionText.Longest)
            return Search(library.Shelf, question);
        Span<char> room = stackalloc char[QuestionText.Longest];
        var words = QuestionText.WithoutNumbers(question, room);
        var kept = Current();
        if (kept.TryFind(words, out var found))
            return found;
        var text = words.ToString();
        return kept.Add(text, Search(kept.Shelf, text));
    }

    // Articles lapse by the day.
    private Kept Current()
    {
        var (shelf, newsShelf, today) = (library.Shelf, articles.Shelf, Beijing.DateOf(clock.GetUtcNow()));
        return _kept is { IsFull: false } kept && ReferenceEquals(kept.Shelf, shelf) && ReferenceEquals(kept.News, newsShelf) && kept.Day == today
            ? kept : _kept = new(shelf, newsShelf, today);
    }

    private Found Search(Shelf shelf, string words)
    {
        var asked = QuestionText.Of(words);
        if (shelf.LifeEvents.Find(asked) is { } happened)
            return new(asked) { Event = happened };
        Span<Hit> hits = new Hit[Shown];
        var count = shelf.Index.Search(words, hits);
        if (count > 0 && hits[0].Confidence < PolicyIndex.Found)
            count = 0;
        return Found.Of(asked, PolicyAspects.Of(words), hits[..count], news.Find(words, alone: count == 0));
    }

    private sealed record Kept(Shelf Shelf, NewsShelf News, DateOnly Day)
    {
        private readonly ConcurrentDictionary<string, Found> _byWords = new(StringComparer.Ordinal);
        private int _count;

        public bool IsFull => Volatile.Read(ref _count) >= Most;

        public bool TryFind(ReadOnlySpan<char> words, [MaybeNullWhen(false)] out Found found) =>
            _byWords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(words, out found);

        public Found Add(string words, Found found)
        {
            if (_byWords.TryAdd(words, found))
                Interlocked.Increment(ref _count);
            return found;
        }
    }
}
