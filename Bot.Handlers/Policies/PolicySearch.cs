using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Life;
using Bot.Handlers.Policies.Search;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>A question in the citizen's own words: three documents to choose from, all matters of a life event, or the offer to try otherwise.</summary>
public sealed class PolicySearch(
    PolicyLibrary library, ISearchWatch watch, QuestionLog questions, PolicyRephrase rephrase, PolicyMiss miss, LifeMatters life, TimeProvider clock) : IHandler
{
    private const int Shown = 3;
    private const int LongestKept = 100;

    private static readonly Text s_found = Text.Of("policy.found");
    private static readonly Text s_noneOfThese = Text.Of("policy.none-of-these");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        if (shelf.LifeEvents.Find(request.Argument) is { } happened)
            return life.HandleAsync(request with { Argument = happened.Id }, ct);

        var began = clock.GetTimestamp();
        Span<Hit> hits = new Hit[Shown];
        var count = shelf.Index.Search(request.Argument, hits);
        var missed = count == 0 || hits[0].Confidence < PolicyIndex.Found;
        watch.Searched(clock.GetElapsedTime(began), missed);
        var question = request.Argument.Length > LongestKept ? request.Argument[..LongestKept] : request.Argument;
        var key = IsAskedNow(request) ? questions.Asked(question, missed ? [] : Ids(hits[..count])) : "";
        if (missed)
        {
            return request.After == PolicyRephrase.Command
                ? miss.HandleAsync(request with { Argument = question }, ct)
                : rephrase.HandleAsync(request with { Argument = "" }, ct);
        }

        var aspect = PolicyAspects.Of(request.Argument);
        var choices = new Choice[count];
        for (var i = 0; i < count; i++)
            choices[i] = new(hits[i].Document.Title, PolicyCard.CommandFor(hits[i].Id, aspect, key));
        var none = new Choice(s_noneOfThese.Say(), key.Length == 0 ? PolicyRephrase.Command : $"{PolicyRephrase.Command} {key}");
        return Task.FromResult(NumberedList.Page(s_found.Say(), choices, 0, NumberedList.MaxRows, none) with { Command = $"policy.find {question}" });
    }

    // 返回 shows a list again: that is no new question.
    private static bool IsAskedNow(Request request) => Utterance.Of(request.Message) is { } said
        && (said.Raw.EndsWith(request.Argument, StringComparison.Ordinal) || said.Words.EndsWith(request.Argument, StringComparison.Ordinal));

    private static string[] Ids(ReadOnlySpan<Hit> hits)
    {
        var ids = new string[hits.Length];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = hits[i].Id;
        return ids;
    }
}

/// <summary>Told of every search, so that the process can count them.</summary>
public interface ISearchWatch
{
    void Searched(TimeSpan took, bool missed);
}
