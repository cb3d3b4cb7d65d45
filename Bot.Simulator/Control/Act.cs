using System.Text.Json.Nodes;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>Something a citizen does, as the page or a test asks for it.</summary>
/// <param name="Kind">text, image, voice, video, location, link, menu, scan, follow, unfollow, enter, line (of a menu message), consent.</param>
/// <param name="Wait">Answer only when the bot has answered or every delivery has failed.</param>
internal sealed record Act(
    string Kind, string? Text = null, string? MediaId = null, int? Seconds = null, double Latitude = 0, double Longitude = 0,
    string? Label = null, string? Title = null, string? Description = null, string? Url = null, string? Path = null,
    string? Scene = null, string? Id = null, bool Accept = true, bool LongTerm = false, bool Wait = false);

/// <summary>Performs acts.</summary>
internal sealed class ActDesk(
    Citizens citizens, AccountMenu menu, MediaStore media, CitizenActs acts, MenuTaps taps, Consents consents, Errands errands)
{
    private const int MostText = 20_000;

    // The bytes of an empty AMR file: what is said travels as recognition text.
    private static readonly byte[] SilentAmr = [.. "#!AMR\n"u8];

    public async Task<IResult> PerformAsync(Citizen citizen, Act act, HttpContext http)
    {
        if (Start(citizen, act, new Uri($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/simulator/media/")) is not { } start)
            return TypedResults.Problem("现在不能这样做：先关注公众号，或检查参数。", statusCode: StatusCodes.Status409Conflict);
        if (!act.Wait)
        {
            errands.Run(start);
            return ControlApi.Answer(new { Accepted = true });
        }
        return ControlApi.Answer(await start() is { } delivery ? Told(delivery) : new DeliveryReport("opened", 0, 0));
    }

    private Func<Task<Delivery?>>? Start(Citizen citizen, Act act, Uri pictures)
    {
        if (act.Kind is not ("follow" or "scan") && !citizen.Follows)
            return null;
        return act switch
        {
            { Kind: "text", Text: { Length: > 0 and <= MostText } text } => Of(() => acts.SayAsync(citizen, text)),
            { Kind: "line", Text: { Length: > 0 } text, Id: { } id } => Of(() => acts.TapMessageMenuAsync(citizen, id, text)),
            { Kind: "image" } => Stored(act.MediaId) is { } picture ? Of(() => acts.SendImageAsync(citizen, picture, pictures)) : null,
            { Kind: "voice" } => Of(() => acts.SpeakAsync(citizen, Keep("voice", "audio/amr"), act.Text, act.Seconds ?? Spoken(act.Text))),
            { Kind: "video" } => Of(() => acts.SendVideoAsync(citizen, Keep("video", "video/mp4"), Keep("thumb", "image/jpeg"))),
            { Kind: "location", Label: { } label } => Of(() => acts.SendLocationAsync(citizen, act.Latitude, act.Longitude, label)),
            { Kind: "link", Title: { } title, Url: { } url } => Of(() => acts.SendLinkAsync(citizen, title, act.Description ?? "", url)),
            { Kind: "enter" } => Of(() => acts.EnterAsync(citizen, act.Latitude, act.Longitude)),
            { Kind: "follow" } when !citizen.Follows => Of(() => acts.FollowAsync(citizen, act.Scene)),
            { Kind: "unfollow" } => Of(() => acts.UnfollowAsync(citizen)),
            { Kind: "scan", Scene: { Length: > 0 and <= 64 } scene } => Of(() => acts.ScanAsync(citizen, scene)),
            { Kind: "consent", Id: { } template } => Of(() => consents.AnswerAsync(citizen, template, act.Accept, act.LongTerm)),
            { Kind: "menu", Path: { } path } => Button(citizen, path) is { } button
                ? () => taps.TapAsync(citizen, button, new MenuChoice(act.Scene, Stored(act.MediaId), pictures, act.Latitude, act.Longitude, act.Label), menu.Id)
                : null,
            _ => null,
        };
    }

    private static Func<Task<Delivery?>> Of(Func<Task<Delivery>> act) => async () => await act();

    private static int Spoken(string? text) => Math.Clamp((text?.Length ?? 0) / 3, 1, 60);

    private Media? Stored(string? id)
    {
        lock (citizens.Gate)
            return media.Find(id);
    }

    private Media Keep(string type, string contentType)
    {
        lock (citizens.Gate)
            return media.Keep(type, type, contentType, SilentAmr);
    }

    private JsonObject? Button(Citizen citizen, string path)
    {
        lock (citizens.Gate)
            return AccountMenu.Button(menu.For(citizen), path);
    }

    private static DeliveryReport Told(Delivery delivery) => delivery.Verdict switch
    {
        ReplyVerdict.Shown s => new("reply", delivery.Number, delivery.Journal, s.Kind, s.Body, Remark: s.Remark),
        ReplyVerdict.HandedOver h => new("transfer", delivery.Number, delivery.Journal, h.Account ?? ""),
        ReplyVerdict.Faulty f => new("failed", delivery.Number, delivery.Journal, Reason: f.Reason),
        _ => new("silent", delivery.Number, delivery.Journal),
    };
}

/// <param name="Outcome">reply, silent, transfer or failed.</param>
/// <param name="Reply">The reply as the chat shows it.</param>
internal sealed record DeliveryReport(
    string Outcome, int Deliveries, long Journal, string Kind = "", JsonObject? Reply = null, string Remark = "", string Reason = "");
