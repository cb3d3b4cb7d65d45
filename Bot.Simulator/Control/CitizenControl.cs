using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>Citizens: who there are, and what they do.</summary>
internal static class CitizenControl
{
    // Enough for a load run; each takes about a kilobyte.
    private const int MostAtOnce = 200_000;

    public static void Map(IEndpointRouteBuilder control)
    {
        var citizens = control.MapGroup("/citizens");
        citizens.MapPost("", Add);
        citizens.MapGet("", (Citizens all, int? take) =>
        {
            lock (all.Gate)
                return ControlApi.Answer(all.All.Take(take ?? MostAtOnce).Select(c => new { c.OpenId, c.Name, c.Follows }).ToList());
        });

        var one = citizens.MapGroup("/{openId}").AddEndpointFilter<KnownCitizen>();
        one.MapGet("/chat", (CitizenOf who, Citizens all, long? after) =>
        {
            lock (all.Gate)
                return ControlApi.Answer(who.Citizen.Chat.Where(e => e.Id > (after ?? 0)).ToList());
        });
        one.MapPost("/read", (CitizenOf who, Citizens all) => Change(who, all, c => c.Unread = 0));
        one.MapPost("/settings", (CitizenOf who, Citizens all, CitizenSettings wish) => Change(who, all, c =>
        {
            c.Refuses = wish.Refuses ?? c.Refuses;
            c.Client = wish.Client is >= 1 and <= 3 ? wish.Client.Value : c.Client;
            c.Blacklisted = wish.Blacklisted ?? c.Blacklisted;
            c.Name = wish.Name is { Length: > 0 and <= 20 } name ? name : c.Name;
        }));
        one.MapPost("/messages", (CitizenOf who, Act act, ActDesk desk, HttpContext http) => desk.PerformAsync(who.Citizen, act, http));
    }

    private static IResult Add(NewCitizens wish, Citizens citizens, VirtualClock clock)
    {
        var count = Math.Clamp(wish.Count ?? 1, 1, MostAtOnce);
        var added = new List<object>(count);
        lock (citizens.Gate)
        {
            for (var i = 0; i < count; i++)
            {
                var citizen = citizens.Add(wish.Name is { Length: > 20 } name ? name[..20] : wish.Name, count == 1 ? wish.OpenId : null);
                if (wish.Follows)
                    (citizen.Follows, citizen.FollowedAt) = (true, clock.Now);
                added.Add(new { citizen.OpenId, citizen.Name });
            }
        }
        return ControlApi.Answer(added);
    }

    private static IResult Change(CitizenOf who, Citizens citizens, Action<Citizen> change)
    {
        lock (citizens.Gate)
        {
            change(who.Citizen);
            citizens.Changed(who.Citizen);
            return ControlApi.Answer(citizens.Summary(who.Citizen));
        }
    }

    /// <param name="Count">How many; with more than one the names are made up.</param>
    /// <param name="Follows">Already followers, without telling the bot.</param>
    internal sealed record NewCitizens(string? Name, string? OpenId, int? Count, bool Follows = false);

    internal sealed record CitizenSettings(bool? Refuses, bool? Blacklisted, string? Name, int? Client);
}
