using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>政策: the categories, or the documents of one.</summary>
public sealed class PolicyCategories(PolicyLibrary library) : IHandler
{
    private static readonly Text s_lead = Text.Of("policy.categories");
    private static readonly Text s_category = Text.Of("policy.category");
    private static readonly Text s_subscribe = Text.Of("topic.subscribe");
    private static readonly Text s_gone = Text.Of("policy.category-gone");
    private static readonly Text s_codeGone = Text.Of("chat.code-gone");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var categories = library.Shelf.Categories;
        if (categories.FirstOrDefault(c => c.Name == request.Argument) is { } category)
        {
            return Task.FromResult(NumberedList.Page(
                s_category.Say(category.Name), [.. category.Policies.Select(p => new Choice(p.Title, PolicyCard.CommandFor(p.Id)))], request.Page,
                NumberedList.MaxRows, new Choice(s_subscribe.Say(category.Name), $"{TopicOffer.Route} {category.Name}")));
        }

        return Task.FromResult(NumberedList.Page(
            request.Argument.Length == 0 ? s_lead.Say() : request.IsByCode ? $"{s_codeGone.Say()}\n{s_lead.Say()}" : s_gone.Say(),
            [.. categories.Select(c => new Choice($"{c.Name}（{c.Policies.Length}项）", $"policy {c.Name}"))], request.Page));
    }
}
