namespace Bot.Simulator.World;

/// <summary>One pretend citizen. Changed only under <see cref="Citizens.Gate"/>.</summary>
internal sealed class Citizen(string openId, string name, string color)
{
    private const int Remembered = 400;

    public string OpenId { get; } = openId;
    public string UnionId { get; } = string.Concat("oUnion", openId.AsSpan(6));
    public string Name { get; set; } = name;

    /// <summary>The avatar's colour, <c>#rrggbb</c>.</summary>
    public string Color { get; } = color;

    public bool Follows { get; set; }
    public DateTimeOffset? FollowedAt { get; set; }

    /// <summary>How the citizen came, as user/info tells it.</summary>
    public string Came { get; set; } = "ADD_SCENE_SEARCH";

    public string Scene { get; set; } = "";

    /// <summary>The citizen switched off receiving: customer-service messages fail at once, template messages in their result.</summary>
    public bool Refuses { get; set; }

    /// <summary>The account put the citizen on its blacklist.</summary>
    public bool Blacklisted { get; set; }

    /// <summary>1 iOS, 2 Android, 3 others: what a conditional menu may ask for.</summary>
    public int Client { get; set; } = 2;

    public string Remark { get; set; } = "";
    public DateTimeOffset? LastMessage { get; set; }
    public DateTimeOffset? LastTap { get; set; }
    public DateTimeOffset? LastScan { get; set; }
    public DateTimeOffset? LastExchange { get; set; }
    public DateTimeOffset? TypingUntil { get; set; }
    public DateTimeOffset LastSeen { get; set; }
    public int Unread { get; set; }
    public HashSet<int> Tags { get; } = [];
    public Allowances Allowances { get; } = new();

    /// <summary>Accepted subscription notices by template: messages left, or <see cref="int.MaxValue"/> for a long-term consent.</summary>
    public Dictionary<string, int> Consents { get; } = new(StringComparer.Ordinal);

    /// <summary>Mass messages received, by year and month in Beijing.</summary>
    public Dictionary<int, int> MassReceived { get; } = [];

    public LinkedList<ChatEntry> Chat { get; } = [];

    public void Add(ChatEntry entry)
    {
        Chat.AddLast(entry);
        if (Chat.Count > Remembered)
            Chat.RemoveFirst();
        if (entry.Side == ChatSide.Account)
            Unread++;
    }
}
