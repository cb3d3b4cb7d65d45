using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>好差评 of a visit: the five levels stand in the message that asks; 1 is the best on the screen.</summary>
public sealed class RateVisit(IVisits visits) : IHandler
{
    private static readonly Text s_thanks = Text.Of("rate.thanks");
    private static readonly Text s_sorry = Text.Of("rate.sorry");
    private static readonly Text s_already = Text.Of("rate.already");
    private static readonly Text s_gone = Text.Of("rate.gone");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
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

/// <summary>爽约申诉: the citizen's words go to staff, who may lift the ban.</summary>
public sealed class AppealBan(IBookingCare care) : IHandler
{
    private const int Longest = 500;

    private static readonly Text s_how = Text.Of("appeal.how");
    private static readonly Text s_none = Text.Of("appeal.none");
    private static readonly Text s_done = Text.Of("appeal.done");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var words = request.Argument.Trim();
        if (words.Length == 0)
            return Answer.Say(s_how.Say());
        return Answer.Say((await care.AppealAsync(request.Citizen, words.Length <= Longest ? words : words[..Longest], ct) ? s_done : s_none).Say());
    }
}
