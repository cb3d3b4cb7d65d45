using Bot.Handlers.Policies.Search;
using Bot.Handlers.Publishing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>A question in the citizen's own words: three documents to choose from and the news below them, or the offer to try otherwise.</summary>
public sealed class PolicySearch(PolicyLibrary library, ISearchWatch watch, PolicyRephrase rephrase, PolicyMiss miss, NewsFinder news, TimeProvider clock) : IHandler
{
    private const int Shown = 3;
    private const int LongestKept = 100;

    private static readonly Text s_found = Text.Of("policy.found");
    private static readonly Text s_onlyNews = Text.Of("news.found-only");
    private static readonly Choice s_noneOfThese = new(Text.Of("policy.none-of-these").Say(), PolicyRephrase.Command);

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        Span<Hit> hits = new Hit[Shown];
        var count = library.Shelf.Index.Search(request.Argument, hits);
        var missed = count == 0 || hits[0].Confidence < PolicyIndex.Found;
        var articles = news.Find(request.Argument, alone: missed);
        watch.Searched(clock.GetElapsedTime(began), missed && articles.Length == 0);
        if (missed && articles.Length > 0)
            return Task.FromResult(NumberedList.Page(s_onlyNews.Say(), articles, 0, NumberedList.MaxRows, s_noneOfThese));
        if (missed)
            return request.After == PolicyRephrase.Command ? miss.HandleAsync(request, ct) : rephrase.HandleAsync(request, ct);

        var aspect = PolicyAspects.Of(request.Argument);
        var choices = new Choice[count];
        for (var i = 0; i < count; i++)
            choices[i] = new(hits[i].Document.Title, PolicyCard.CommandFor(hits[i].Id, aspect));
        var question = request.Argument.Length > LongestKept ? request.Argument[..LongestKept] : request.Argument;
        return Task.FromResult(NumberedList.Page(s_found.Say(), [.. choices, .. articles], 0, NumberedList.MaxRows, s_noneOfThese) with { Command = $"policy.find {question}" });
    }
}

/// <summary>Told of every search, so that the process can count them.</summary>
public interface ISearchWatch
{
    void Searched(TimeSpan took, bool missed);
}
