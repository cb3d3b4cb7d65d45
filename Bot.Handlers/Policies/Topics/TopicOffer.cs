using Bot.Data.Policies;
using Bot.Handlers.Publishing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies.Topics;

/// <summary>Asks whether a citizen wants to be told of the news of a category or a column; nothing is kept before they agree.</summary>
public sealed class TopicOffer(PolicyLibrary library, NewsLibrary news, PolicyCategories categories) : IHandler
{
    public const string Route = "topic";

    private static readonly Text s_offer = Text.Of("topic.offer");
    private static readonly Text s_offerColumn = Text.Of("topic.offer-column");
    private static readonly Text s_agree = Text.Of("topic.agree");
    private static readonly Text s_decline = Text.Of("topic.decline");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (library.Shelf.Categories.Any(c => c.Name == request.Argument))
            return Task.FromResult(Offer(s_offer, request.Argument, $"policy {request.Argument}"));
        return news.Shelf.Columns.FirstOrDefault(c => c.Name == request.Argument) is { } column
            ? Task.FromResult(Offer(s_offerColumn, column.Name, $"{NewsList.Route} {column.Code}"))
            : categories.HandleAsync(request, ct);
    }

    private static Answer Offer(Text offer, string topic, string decline) => NumberedList.Page(
        offer.Say(topic), [new(s_agree.Say(), $"{TopicJoin.Route} {topic}"), new(s_decline.Say(), decline)], 0);
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
