using System.Text.Json.Nodes;

namespace Bot.Simulator.World;

/// <summary>The account's menu as the bot made it. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class AccountMenu(Dice dice, LiveFeed feed)
{
    private JsonArray? _buttons;
    private long _lastConditional = 420_000_000;

    /// <summary>Null when there is none.</summary>
    public JsonArray? Buttons
    {
        get => _buttons;
        set
        {
            _buttons = value;
            Id = value is null ? 0 : dice.Between(200_000_000, 499_999_999);
            Conditional.Clear();
            feed.Tell("menu", () => new { Buttons = _buttons });
        }
    }

    public long Id { get; private set; }

    public List<ConditionalMenu> Conditional { get; } = [];

    /// <summary>The menu that a citizen sees: the newest rule that fits, else the default one.</summary>
    public JsonArray? For(Citizen citizen) =>
        Conditional.LastOrDefault(c => c.Fits(citizen))?.Buttons ?? Buttons;

    public ConditionalMenu Add(JsonArray buttons, JsonObject rule)
    {
        // They grow, as the platform's do.
        _lastConditional += dice.Between(1, 1000);
        var menu = new ConditionalMenu($"{_lastConditional}", buttons, rule, Number(rule["tag_id"]), Number(rule["client_platform_type"]));
        Conditional.Add(menu);
        feed.Tell("menu", () => new { Buttons = _buttons });
        return menu;
    }

    private static int? Number(JsonNode? rule) => int.TryParse(rule?.ToString(), out var number) ? number : null;

    /// <param name="path">Positions of the button and, after a comma, of the sub-button, from 0: <c>1,2</c>.</param>
    public static JsonObject? Button(JsonArray? buttons, string path)
    {
        JsonObject? button = null;
        foreach (var part in path.Split(','))
        {
            if (buttons is null || !int.TryParse(part, out var at) || at < 0 || at >= buttons.Count)
                return null;
            button = buttons[at] as JsonObject;
            buttons = button?["sub_button"] as JsonArray;
        }
        return button;
    }
}

/// <param name="Client">1 iOS, 2 Android, 3 others; null: any.</param>
internal sealed record ConditionalMenu(string Id, JsonArray Buttons, JsonObject Rule, int? TagId, int? Client)
{
    public bool Fits(Citizen citizen) => (TagId is not { } tag || citizen.Tags.Contains(tag)) && (Client is not { } client || citizen.Client == client);
}
