using System.Text.Json.Nodes;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>群发. A service account reaches each citizen four times a month; surplus is filtered silently.</summary>
internal sealed class MassApi(
    SimulatorOptions options, Citizens citizens, VirtualClock clock, OutgoingMessages messages, PushFactory pushes, JobResults results) : IApiGroup
{
    private const int ClientIdBytes = 64;
    private static readonly TimeSpan ClientIdKept = TimeSpan.FromHours(24);

    private readonly Dictionary<string, (long MsgId, DateTimeOffset At)> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _jobs = [];
    private DateOnly _lastToAll;
    private long _msgId = 1_000_001_600;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/message/mass/sendall", SendToAll),
        ApiRoute.Post("/cgi-bin/message/mass/send", SendToList),
        ApiRoute.Post("/cgi-bin/message/mass/preview", Preview),
        ApiRoute.Post("/cgi-bin/message/mass/get", Get),
        ApiRoute.Post("/cgi-bin/message/mass/delete", call => _jobs.ContainsKey(call.Json["msg_id"]?.GetValue<long>() ?? 0) ? ApiAnswer.Ok() : ApiAnswer.Error(40035)),
    ];

    private ApiAnswer SendToAll(ApiCall call)
    {
        var toAll = call.Json["filter"]?["is_to_all"]?.GetValue<bool>() ?? false;
        var tag = call.Json["filter"]?["tag_id"].Number;
        if (!toAll && tag is null)
            return ApiAnswer.Error(45159);
        if (toAll && _lastToAll == clock.BeijingDay)
            return ApiAnswer.Error(45028);
        var answer = Send(call.Json, [.. citizens.All.Where(c => c.Follows && (toAll || c.Tags.Contains(tag!.Value)))]);
        if (toAll && answer.Code == 0)
            _lastToAll = clock.BeijingDay;
        return answer;
    }

    private ApiAnswer SendToList(ApiCall call)
    {
        var openIds = call.Json["touser"].Texts;
        if (openIds.Count < 2)
            return ApiAnswer.Error(40130);
        return openIds.Count > 10_000 ? ApiAnswer.Error(40032)
            : Send(call.Json, [.. openIds.Distinct().Select(citizens.Find).OfType<Citizen>()]);
    }

    private ApiAnswer Send(JsonObject message, List<Citizen> aimed)
    {
        var clientId = message["clientmsgid"].Text;
        if (clientId.Utf8Length > ClientIdBytes)
            return ApiAnswer.Error(45067);
        if (clientId is not null && _byClientId.TryGetValue(clientId, out var earlier) && clock.Now - earlier.At < ClientIdKept)
        {
            var repeated = ApiAnswer.Error(45065);
            repeated.Body!["msg_id"] = earlier.MsgId;
            return repeated;
        }
        var (kind, body, refused) = messages.Read(message);
        if (refused != 0)
            return ApiAnswer.Error(refused);
        var msgId = ++_msgId;
        if (clientId is not null)
            _byClientId[clientId] = (msgId, clock.Now);
        _jobs[msgId] = "SENDING";
        // Citizens get it whether or not its end is told.
        Push? told = null;
        var held = results.PushLater(() => told!, () => told = Deliver(msgId, kind, body, aimed));
        return ApiAnswer.Ok(("msg_id", msgId), ("msg_data_id", msgId + 206_000_000)) with { HeldBack = held };
    }

    private Push Deliver(long msgId, string kind, JsonObject body, List<Citizen> aimed)
    {
        lock (citizens.Gate)
        {
            var month = clock.BeijingDay.Year * 12 + clock.BeijingDay.Month;
            var kept = aimed.Where(c => c is { Follows: true, Blacklisted: false }
                && c.MassReceived.GetValueOrDefault(month) < options.Limits.MassPerCitizenAndMonth).ToList();
            var reached = results.Fails ? [] : kept.Where(c => !c.Refuses).ToList();
            foreach (var citizen in reached)
            {
                citizen.MassReceived[month] = citizen.MassReceived.GetValueOrDefault(month) + 1;
                citizens.Say(citizen, ChatSide.Account, kind, (JsonObject)body.DeepClone());
            }
            var sent = reached.Count > 0 || kept.Count == 0;
            _jobs[msgId] = sent ? "SEND_SUCCESS" : "SEND_FAIL";
            return pushes.Job(PushFactory.Administrator, "MASSSENDJOBFINISH",
                new("MsgID", msgId), new("Status", sent ? "send success" : "send fail"), new("TotalCount", (long)aimed.Count),
                new("FilterCount", (long)kept.Count), new("SentCount", (long)reached.Count), new("ErrorCount", (long)(kept.Count - reached.Count)));
        }
    }

    private ApiAnswer Preview(ApiCall call)
    {
        if (citizens.Find(call.Json["touser"].Text) is not { Follows: true } citizen)
            return ApiAnswer.Error(40003);
        var (kind, body, refused) = messages.Read(call.Json);
        if (refused != 0)
            return ApiAnswer.Error(refused);
        citizens.Say(citizen, ChatSide.Account, kind, body);
        return ApiAnswer.Plain(new JsonObject { ["errcode"] = 0, ["errmsg"] = "preview success", ["msg_id"] = ++_msgId });
    }

    private ApiAnswer Get(ApiCall call)
    {
        var id = long.TryParse(call.Json["msg_id"].Text, out var number) ? number : 0;
        return _jobs.TryGetValue(id, out var status)
            ? ApiAnswer.Plain(new JsonObject { ["msg_id"] = id, ["msg_status"] = status })
            : ApiAnswer.Error(40035);
    }
}
