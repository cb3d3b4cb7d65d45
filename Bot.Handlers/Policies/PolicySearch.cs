using Bot.Data.Cases;
using Bot.Handlers.Language;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Life;

namespace Bot.Handlers.Policies;

/// <summary>A question in the citizen's own words: three documents to choose from and the news below them, all matters of a life event, or the offer to try otherwise.</summary>
public sealed class PolicySearch(
    FoundQuestions finder, ISearchWatch watch, QuestionLog questions, PolicyRephrase rephrase, PolicyMiss miss, LifeMatters life, CaseCatalogue cases, TimeProvider clock) : IHandler
{
    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var found = finder.Find(request.Argument);
        if (found.Event is { } happened)
            return life.HandleAsync(request with { Argument = happened.Id }, ct);
        watch.Searched(clock.GetElapsedTime(began), found.IsMiss);
        var key = questions.Asked(found.Asked, found.Guides);
        if (!found.IsMiss)
            return Task.FromResult(found.Answer(key, $"{PolicyAgain.Route} {key} {Cut(request.Argument)}"));
        if (!QuestionWords.In(request.Argument) && cases.MatterIn(request.Argument) is { } matter)
            return Task.FromResult(WaysOn.ForMatter(matter.Name, Cut(request.Argument)));
        return request.After == PolicyRephrase.Command
            ? miss.HandleAsync(request with { Argument = Cut(request.Argument) }, ct)
            : rephrase.HandleAsync(request with { Argument = "" }, ct);
    }

    /// <summary>The same again, as 返回 shows it: no new question.</summary>
    internal Task<Answer> AgainAsync(Request request, string question, string key, CancellationToken ct) =>
        finder.Find(question) is { IsMiss: false, Event: null } found
            ? Task.FromResult(found.Answer(key, $"{PolicyAgain.Route} {key} {question}")) : rephrase.HandleAsync(request with { Argument = "" }, ct);

    private static string Cut(string question) => question.Length > QuestionText.Longest ? question[..QuestionText.Longest] : question;
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
