using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Life;
using Bot.Handlers.Policies.Search;
using Bot.Handlers.Publishing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>A question in the citizen's own words: three documents to choose from and the news below them, all matters of a life event, or the offer to try otherwise.</summary>
public sealed class PolicySearch(
    PolicyLibrary library, ISearchWatch watch, QuestionLog questions, PolicyRephrase rephrase, PolicyMiss miss, LifeMatters life, NewsFinder news,
    TimeProvider clock) : IHandler
{
    private const int Shown = 3;
    private const int LongestKept = 100;

    private static readonly Text s_found = Text.Of("policy.found");
    private static readonly Text s_onlyNews = Text.Of("news.found-only");
    private static readonly Text s_noneOfThese = Text.Of("policy.none-of-these");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        var asked = QuestionText.Of(request.Argument);
        if (shelf.LifeEvents.Find(asked) is { } happened)
            return life.HandleAsync(request with { Argument = happened.Id }, ct);

        var began = clock.GetTimestamp();
        Span<Hit> hits = new Hit[Shown];
        var count = shelf.Index.Search(request.Argument, hits);
        if (count > 0 && hits[0].Confidence < PolicyIndex.Found)
            count = 0;
        var articles = news.Find(request.Argument, alone: count == 0);
        var missed = count == 0 && articles.Length == 0;
        watch.Searched(clock.GetElapsedTime(began), missed);
        var key = questions.Asked(asked, Ids(hits[..count]));
        if (!missed)
            return Task.FromResult(Found(request.Argument, key, hits[..count], articles));
        return request.After == PolicyRephrase.Command
            ? miss.HandleAsync(request with { Argument = Cut(request.Argument) }, ct)
            : rephrase.HandleAsync(request with { Argument = "" }, ct);
    }

    /// <summary>The same again, as 返回 shows it: no new question.</summary>
    internal Task<Answer> AgainAsync(Request request, string question, string key, CancellationToken ct)
    {
        Span<Hit> hits = new Hit[Shown];
        var count = library.Shelf.Index.Search(question, hits);
        var articles = news.Find(question, alone: count == 0);
        return count + articles.Length > 0
            ? Task.FromResult(Found(question, key, hits[..count], articles)) : rephrase.HandleAsync(request with { Argument = "" }, ct);
    }

    private static Answer Found(string question, string key, ReadOnlySpan<Hit> hits, Choice[] articles)
    {
        var aspect = PolicyAspects.Of(question);
        var guides = new Choice[hits.Length];
        for (var i = 0; i < guides.Length; i++)
            guides[i] = new(hits[i].Document.Title, PolicyCard.CommandFor(hits[i].Id, aspect, key));
        var none = new Choice(s_noneOfThese.Say(), $"{PolicyRephrase.Command} {key}".TrimEnd());
        var lead = guides.Length > 0 ? s_found : s_onlyNews;
        return NumberedList.Page(lead.Say(), [.. guides, .. articles], 0, NumberedList.MaxRows, none) with { Command = $"{PolicyAgain.Route} {key} {Cut(question)}" };
    }

    private static string Cut(string question) => question.Length > LongestKept ? question[..LongestKept] : question;

    private static string[] Ids(ReadOnlySpan<Hit> hits)
    {
        var ids = new string[hits.Length];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = hits[i].Id;
        return ids;
    }
}

/// <summary>What a question found, shown again on the way back.</summary>
public sealed class PolicyAgain(PolicySearch search) : IHandler
{
    public const string Route = "policy.again";

    /// <param name="after">The command of the list from which a document was picked.</param>
    /// <param name="key">Of the question that it answers.</param>
    /// <returns>The question's words; empty when the list was another.</returns>
    internal static string QuestionIn(string after, string key) =>
        key.Length > 0 && after.StartsWith($"{Route} {key} ", StringComparison.Ordinal) ? after[(Route.Length + key.Length + 2)..] : "";

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        request.Argument.Split(' ', 2) is [var key, var question] ? search.AgainAsync(request, question, key, ct) : search.HandleAsync(request, ct);
}

/// <summary>Told of every search, so that the process can count them.</summary>
public interface ISearchWatch
{
    void Searched(TimeSpan took, bool missed);
}
