using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>大家常问: what was read most in the last 30 days.</summary>
public sealed class PolicyHot(PolicyLibrary library, PolicyCategories categories) : IHandler
{
    private static readonly Text s_lead = Text.Of("policy.hot");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        Choice[] hot = [.. shelf.Hot.Where(shelf.ById.ContainsKey).Take(NumberedList.MaxRows).Select(id => new Choice(shelf.ById[id].Title, PolicyCard.CommandFor(id)))];
        return hot.Length > 0
            ? Task.FromResult(NumberedList.Page(s_lead.Say(), hot, 0))
            : categories.HandleAsync(request, ct);          // nothing was read yet
    }
}
