using Bot.Data.Appointments;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>删除办事人: forgets whom the citizen agreed to have remembered.</summary>
public sealed class ForgetVisitors(IVisitors visitors) : IHandler
{
    private static readonly Text s_forgotten = Text.Of("visitors.forgotten");
    private static readonly Text s_none = Text.Of("visitors.none");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        Answer.Say((await visitors.ForgetAsync(request.Citizen, ct) > 0 ? s_forgotten : s_none).Say());
}

/// <summary>A place that was sent: the nearest halls, each bookable; remembered for a day.</summary>
public sealed class NearestHalls(AppointmentPlans plans, IVisitors visitors, Desk.NotWords notWords) : IHandler
{
    private const int Rows = 5;

    private static readonly Text s_nearest = Text.Of("place.nearest");
    private static readonly Text s_row = Text.Of("place.row");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Message is not LocationMessage place)
            return await notWords.HandleAsync(request, ct);
        var halls = plans.Current.Branches.Where(b => b.Active).Select(b => (Hall: b, Away: b.KilometresFrom(place.Latitude, place.Longitude)))
            .Where(b => b.Away is not null).OrderBy(b => b.Away).Take(Rows).ToArray();
        if (halls.Length == 0)
            return await notWords.HandleAsync(request, ct);
        await visitors.NotePlaceAsync(request.Citizen, place.Latitude, place.Longitude, ct);
        return NumberedList.Page(s_nearest.Say(), [.. halls.Select(b => new Choice(s_row.Say(b.Hall.Name, b.Away, b.Hall.Address), $"book {b.Hall.Code}"))], 0);
    }
}
