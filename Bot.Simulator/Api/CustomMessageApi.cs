using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Customer-service messages, inside the windows that citizens open.</summary>
internal sealed class CustomMessageApi(Citizens citizens, VirtualClock clock, OutgoingMessages messages) : IApiGroup
{
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Exchanged = TimeSpan.FromSeconds(30);

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/message/custom/send", Send),
        ApiRoute.Post("/cgi-bin/message/custom/typing", Type),
    ];

    private ApiAnswer Send(ApiCall call)
    {
        if (citizens.Find(call.Json["touser"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        var (kind, body, refused) = messages.Read(call.Json);
        if (refused != 0)
            return ApiAnswer.Error(refused);
        if (!citizen.Follows)
            return ApiAnswer.Error(45015);
        if (citizen.Refuses)
            return ApiAnswer.Error(48002);
        if (citizen.Allowances.Use(clock.Now) is not 0 and var closed)
            return ApiAnswer.Error(closed);
        if (call.Json["customservice"]?["kf_account"].Text is { } agent)
            body["agent"] = agent;
        citizens.Say(citizen, ChatSide.Account, kind, body);
        return ApiAnswer.Ok();
    }

    private ApiAnswer Type(ApiCall call)
    {
        if (citizens.Find(call.Json["touser"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        var now = clock.Now;
        switch (call.Json["command"].Text)
        {
            case "Typing" when citizen.LastExchange is not { } last || now - last > Exchanged:
                return ApiAnswer.Error(45080);
            case "Typing" when citizen.TypingUntil > now:
                return ApiAnswer.Error(45081);
            case "Typing":
                citizen.TypingUntil = now + TypingShown;
                break;
            case "CancelTyping":
                citizen.TypingUntil = null;
                break;
            default:
                return ApiAnswer.Error(45072);
        }
        citizens.Changed(citizen);
        return ApiAnswer.Ok();
    }
}
