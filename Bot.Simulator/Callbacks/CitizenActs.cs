using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>What a citizen can do in the chat. Each act changes the pretend world, shows in the chat and is pushed to the bot.</summary>
internal sealed class CitizenActs(
    SimulatorOptions options, Citizens citizens, VirtualClock clock, QrCodes codes, PushFactory pushes, Conversation conversation)
{
    public Task<Delivery> SayAsync(Citizen citizen, string text) =>
        SendAsync(citizen, AllowedBy.Message, pushes.Text(citizen.OpenId, text), "text", new() { ["text"] = text });

    /// <summary>A tap on a line of a menu message: arrives as text, but counts as a menu tap.</summary>
    public Task<Delivery> TapMessageMenuAsync(Citizen citizen, string id, string text) =>
        SendAsync(citizen, AllowedBy.MenuTap, pushes.Text(citizen.OpenId, text, id), "text", new() { ["text"] = text });

    public Task<Delivery> SendImageAsync(Citizen citizen, Media picture, Uri pictures) => SendAsync(
        citizen, AllowedBy.Message, pushes.Image(citizen.OpenId, picture.Id, new Uri(pictures, picture.Id).ToString()),
        "image", new() { ["mediaId"] = picture.Id });

    /// <param name="heard">The recognition text; null when recognition is switched off.</param>
    public Task<Delivery> SpeakAsync(Citizen citizen, Media sound, string? heard, int seconds) => SendAsync(
        citizen, AllowedBy.Message, pushes.Voice(citizen.OpenId, sound.Id, heard),
        "voice", new() { ["mediaId"] = sound.Id, ["seconds"] = seconds, ["text"] = heard });

    public Task<Delivery> SendVideoAsync(Citizen citizen, Media film, Media thumb) => SendAsync(
        citizen, AllowedBy.Message, pushes.Video(citizen.OpenId, film.Id, thumb.Id), "video", new() { ["mediaId"] = film.Id });

    public Task<Delivery> SendLocationAsync(Citizen citizen, double latitude, double longitude, string label) => SendAsync(
        citizen, AllowedBy.Message, pushes.Location(citizen.OpenId, latitude, longitude, label),
        "location", new() { ["latitude"] = latitude, ["longitude"] = longitude, ["label"] = label });

    public Task<Delivery> SendLinkAsync(Citizen citizen, string title, string description, string url) => SendAsync(
        citizen, AllowedBy.Message, pushes.Link(citizen.OpenId, title, description, url),
        "link", new() { ["title"] = title, ["description"] = description, ["url"] = url });

    /// <summary>The position that an account with 上报地理位置 gets when its chat is opened; gives no allowance.</summary>
    public Task<Delivery> EnterAsync(Citizen citizen, double latitude, double longitude) =>
        conversation.SendAsync(citizen, pushes.Enter(citizen.OpenId, latitude, longitude));

    public Task<Delivery> FollowAsync(Citizen citizen, string? scene = null)
    {
        lock (citizens.Gate)
        {
            (citizen.Follows, citizen.FollowedAt) = (true, clock.Now);
            (citizen.Came, citizen.Scene) = scene is null ? ("ADD_SCENE_SEARCH", "") : ("ADD_SCENE_QR_CODE", scene);
            Allow(citizen, AllowedBy.Follow);
            citizens.Say(citizen, ChatSide.Platform, "notice", new() { ["text"] = $"你已关注“{options.AccountName}”" });
        }
        return conversation.SendAsync(citizen, pushes.Subscribe(citizen.OpenId, scene, scene is null ? null : codes.TicketFor(scene)));
    }

    public Task<Delivery> UnfollowAsync(Citizen citizen)
    {
        lock (citizens.Gate)
        {
            citizen.Follows = false;
            citizen.Allowances.Clear();
            citizen.Tags.Clear();
            citizen.TypingUntil = null;
            citizens.Say(citizen, ChatSide.Platform, "notice", new() { ["text"] = "你已取消关注" });
        }
        return conversation.SendAsync(citizen, pushes.Unsubscribe(citizen.OpenId));
    }

    /// <summary>Follows by the scene when the citizen does not follow yet.</summary>
    public Task<Delivery> ScanAsync(Citizen citizen, string scene)
    {
        if (!citizen.Follows)
            return FollowAsync(citizen, scene);
        lock (citizens.Gate)
        {
            Allow(citizen, AllowedBy.Scan);
            citizens.Say(citizen, ChatSide.Platform, "notice", new() { ["text"] = $"扫描二维码：{scene}" });
        }
        return conversation.SendAsync(citizen, pushes.Scan(citizen.OpenId, scene, codes.TicketFor(scene)));
    }

    internal Task<Delivery> TapAsync(Citizen citizen, Push push, bool allows)
    {
        lock (citizens.Gate)
        {
            if (allows)
                Allow(citizen, AllowedBy.MenuTap);
            citizens.Changed(citizen);
        }
        return conversation.SendAsync(citizen, push);
    }

    private Task<Delivery> SendAsync(Citizen citizen, AllowedBy act, Push push, string kind, JsonObject body)
    {
        lock (citizens.Gate)
        {
            Allow(citizen, act);
            citizens.Say(citizen, ChatSide.Citizen, kind, body);
        }
        return conversation.SendAsync(citizen, push);
    }

    private void Allow(Citizen citizen, AllowedBy act)
    {
        citizen.Allowances.Grant(act, clock.Now, options.Limits);
        citizen.LastExchange = clock.Now;
        switch (act)
        {
            case AllowedBy.Message:
                citizen.LastMessage = clock.Now;
                break;
            case AllowedBy.MenuTap:
                citizen.LastTap = clock.Now;
                break;
            case AllowedBy.Scan:
                citizen.LastScan = clock.Now;
                break;
        }
    }
}
