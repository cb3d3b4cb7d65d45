using Bot.Data.Policies;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies.Topics;

/// <summary>Asks whether a citizen wants to be told of a category's news; nothing is kept before they agree.</summary>
public sealed class TopicOffer(PolicyLibrary library, PolicyCategories categories) : IHandler
{
    public const string Route = "topic";

    private static readonly Text s_offer = Text.Of("topic.offer");
    private static readonly Text s_agree = Text.Of("topic.agree");
    private static readonly Text s_decline = Text.Of("topic.decline");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => library.Shelf.Categories.Any(c => c.Name == request.Argument)
        ? Task.FromResult(NumberedList.Page(
            s_offer.Say(request.Argument),
            [new(s_agree.Say(), $"{TopicJoin.Route} {request.Argument}"), new(s_decline.Say(), $"policy {request.Argument}")], 0))
        : categories.HandleAsync(request, ct);
}

/// <summary>The citizen agreed.</summary>
public sealed class TopicJoin(ITopics topics) : IHandler
{
    public const string Route = "topic.join";

    private static readonly Text s_joined = Text.Of("topic.joined");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await topics.JoinAsync(request.Argument, request.Citizen, ct);
        return Answer.Say(s_joined.Say(request.Argument));
    }
}
