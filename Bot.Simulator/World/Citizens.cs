using System.Text.Json.Nodes;

namespace Bot.Simulator.World;

/// <summary>Everyone who could follow the account, and what they have said and heard.</summary>
internal sealed class Citizens
{
    private static readonly string[] Colors =
        ["#5b8def", "#e8845c", "#46a878", "#9b72cf", "#d9668b", "#3aa6b9", "#c7973f", "#6f7fa8"];

    private readonly Dictionary<string, Citizen> _byOpenId = new(StringComparer.Ordinal);
    private readonly List<Citizen> _all = [];
    private readonly Dice _dice;
    private readonly VirtualClock _clock;
    private readonly LiveFeed _feed;
    private long _entryId;

    public Citizens(Dice dice, VirtualClock clock, LiveFeed feed)
    {
        (_dice, _clock, _feed) = (dice, clock, feed);
        Add("市民小李");
    }

    /// <summary>Held while anything of the pretend world is read or changed; never across a wait.</summary>
    public Lock Gate { get; } = new();

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyList<Citizen> All => _all;

    public Citizen? Find(string? openId) => openId is null ? null : _byOpenId.GetValueOrDefault(openId);

    /// <param name="openId">Null or one already taken: a fresh one.</param>
    public Citizen Add(string? name, string? openId = null)
    {
        if (string.IsNullOrWhiteSpace(openId) || _byOpenId.ContainsKey(openId))
            openId = _dice.OpenId();
        var citizen = new Citizen(openId, name is { Length: > 0 } ? name : $"市民{_all.Count + 1}", Colors[_all.Count % Colors.Length])
        {
            LastSeen = _clock.Now,
        };
        _byOpenId.Add(openId, citizen);
        _all.Add(citizen);
        Changed(citizen);
        return citizen;
    }

    public ChatEntry Say(Citizen citizen, ChatSide side, string kind, JsonObject body, long journal = 0)
    {
        var entry = new ChatEntry(++_entryId, _clock.Now.ToUnixTimeMilliseconds(), side, kind, body) { Journal = journal };
        citizen.Add(entry);
        citizen.LastSeen = _clock.Now;
        if (side != ChatSide.Platform)
            citizen.LastExchange = _clock.Now;
        if (side == ChatSide.Account)
            citizen.TypingUntil = null;
        _feed.Tell("chat", () => new { citizen.OpenId, Entry = entry });
        Changed(citizen);
        return entry;
    }

    public void Changed(Citizen citizen) => _feed.Tell("citizen", () => Summary(citizen));

    /// <summary>What the page's list and header show.</summary>
    public object Summary(Citizen c)
    {
        var last = c.Chat.Last?.Value;
        return new
        {
            c.OpenId,
            c.Name,
            c.Color,
            c.Follows,
            c.Refuses,
            c.Blacklisted,
            c.Client,
            c.Unread,
            LastSeen = c.LastSeen.ToUnixTimeMilliseconds(),
            Last = last is null ? "" : Preview(last),
            Typing = c.TypingUntil > _clock.Now,
            Allowances = c.Allowances.Open(_clock.Now)
                .Select(a => new { Kind = a.Kind.ToString(), a.Left, Until = a.Until.ToUnixTimeMilliseconds() }).ToList(),
            Tags = c.Tags.Order().ToList(),
            Consents = c.Consents.ToDictionary(x => x.Key, x => x.Value == int.MaxValue ? "长期" : $"{x.Value} 次"),
        };
    }

    private static string Preview(ChatEntry entry) => entry.Kind switch
    {
        "text" or "notice" => (string?)entry.Body["text"] ?? "",
        "image" => "[图片]",
        "voice" => "[语音]",
        "video" => "[视频]",
        "location" => "[位置]",
        "link" => "[链接]",
        "template" => $"[服务通知] {(string?)entry.Body["title"]}",
        "news" => $"[图文] {(string?)entry.Body["articles"]?[0]?["title"]}",
        "menu" => (string?)entry.Body["head"] ?? "[菜单]",
        "music" => "[音乐]",
        _ => "[消息]",
    };
}
