using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies.Life;

/// <summary>一件事: what happens in a life, or all the matters that come with one of them.</summary>
public sealed class LifeMatters(PolicyLibrary library, RouteTable routes) : IHandler
{
    public const string Route = "life";

    // Their places in the table, if this release has them.
    private const string Booking = "book";

    private static readonly Text s_lead = Text.Of("life");
    private static readonly Text s_matters = Text.Of("life.matters");
    private static readonly Text s_book = Text.Of("life.book");
    private static readonly Text s_none = Text.Of("life.none");
    private static readonly Choice s_browse = new(Text.Of("policy.browse").Say(), "policy");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        if (shelf.LifeEvents.All.FirstOrDefault(e => e.Id == request.Argument) is { } life)
        {
            Choice[] matters = [.. life.Matters.Where(shelf.ById.ContainsKey).Select(id => new Choice(shelf.ById[id].Title, PolicyCard.CommandFor(id)))];
            Choice[] booking = routes.Command(Booking) is null ? [] : [new(s_book.Say(), Booking)];
            return Task.FromResult(NumberedList.Page(s_matters.Say(life.Name), matters, request.Page, NumberedList.MaxRows, booking) with
            {
                Command = $"{Route} {life.Id}",
            });
        }

        Choice[] events = [.. shelf.LifeEvents.All.Select(e => new Choice(e.Name, $"{Route} {e.Id}"))];
        return Task.FromResult(events.Length > 0
            ? NumberedList.Page(s_lead.Say(), events, request.Page)
            : NumberedList.Page(s_none.Say(), [s_browse], 0));
    }
}
