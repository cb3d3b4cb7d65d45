using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>好差评 of a visit: the five levels stand in the message that asks; 1 is the best on the screen.</summary>
public sealed class RateVisit(IVisits visits) : IHandler
{
    private static readonly Text s_which = Text.Of("rate.which");
    private static readonly Text[] s_levels = [Text.Of("rate.1"), Text.Of("rate.2"), Text.Of("rate.3"), Text.Of("rate.4"), Text.Of("rate.5")];
    private static readonly Text s_thanks = Text.Of("rate.thanks");
    private static readonly Text s_sorry = Text.Of("rate.sorry");
    private static readonly Text s_already = Text.Of("rate.already");
    private static readonly Text s_gone = Text.Of("rate.gone");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        // Without a level it is asked for.
        if (request.Argument.Length > 0 && request.Argument.All(char.IsAsciiDigit))
            return NumberedList.Page(s_which.Say(), [.. s_levels.Select((level, i) => new Choice(level.Say(), $"visit.rate {request.Argument} {i + 1}"))], 0);
        if (request.Argument.Split(' ') is not [var id, var place] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var visit)
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line is < 1 or > 5)
            return Answer.Say(s_gone.Say());
        var level = 6 - line;
        return Answer.Say((await visits.RateAsync(request.Citizen, visit, level, ct) switch
        {
            RateResult.Rated => level <= 2 ? s_sorry : s_thanks,
            RateResult.Already => s_already,
            RateResult.NotFound => s_gone,
        }).Say());
    }
}

/// <summary>Visits that are over and were not rated, to choose from.</summary>
public sealed class UnratedVisits(IVisits visits, AppointmentPlans plans)
{
    private static readonly Text s_row = Text.Of("rate.row");

    public async Task<IEnumerable<Choice>> ForAsync(OpenId citizen, CancellationToken ct) => (await visits.UnratedAsync(citizen, ct)).Select(v => new Choice(
        s_row.Say(Beijing.DateOf(v.CameAt).ToString("M月d日", CultureInfo.InvariantCulture), plans.Current.BranchOf(v.Group).Name, plans.Current.Service(v.Service)?.Name ?? ""),
        string.Create(CultureInfo.InvariantCulture, $"visit.rate {v.Id}")));
}
