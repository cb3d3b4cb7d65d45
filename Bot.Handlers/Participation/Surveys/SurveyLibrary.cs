using System.Collections.Frozen;
using System.Collections.Immutable;
using Bot.Data.Surveys;
using Bot.Handlers.Routing;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>The published surveys that have not ended, and those that have of late, in memory; swapped whole when they change.</summary>
public sealed class SurveyLibrary
{
    private volatile Shelf _shelf = new([]);

    public void Replace(IReadOnlyList<PublishedSurvey> surveys) => _shelf = new(surveys);

    /// <summary>The last made first.</summary>
    public ImmutableArray<PublishedSurvey> OpenAt(DateTimeOffset now) => [.. _shelf.All.Where(s => s.Survey.StateAt(now) is SurveyState.Open)];

    public PublishedSurvey? Find(long id) => _shelf.ById.GetValueOrDefault(id);

    /// <summary>The survey that a citizen means by its keyword; one that goes on before one that is over.</summary>
    /// <param name="words">Folded.</param>
    public PublishedSurvey? Named(string words) => _shelf.ByKeyword.GetValueOrDefault(words);

    private sealed class Shelf(IReadOnlyList<PublishedSurvey> surveys)
    {
        public IReadOnlyList<PublishedSurvey> All { get; } = surveys;

        public FrozenDictionary<long, PublishedSurvey> ById { get; } = surveys.ToFrozenDictionary(s => s.Survey.Id);

        public FrozenDictionary<string, PublishedSurvey> ByKeyword { get; } = surveys.Where(s => s.Survey.Keyword is not null)
            .DistinctBy(s => Utterance.Of(s.Survey.Keyword!).Words).ToFrozenDictionary(s => Utterance.Of(s.Survey.Keyword!).Words, StringComparer.Ordinal);
    }
}
