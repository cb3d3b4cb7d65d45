using System.Text.Json.Nodes;

namespace Bot.Simulator.World;

/// <summary>The account's menu as the bot made it. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class AccountMenu(Dice dice, LiveFeed feed)
{
    private JsonArray? _buttons;

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
        Conditional.LastOrDefault(c => c.TagId is null || citizen.Tags.Contains(c.TagId.Value))?.Buttons ?? Buttons;

    public ConditionalMenu Add(JsonArray buttons, JsonObject rule)
    {
        int? tag = int.TryParse(rule["tag_id"]?.ToString(), out var id) ? id : null;
        var menu = new ConditionalMenu($"{dice.Between(200_000_000, 499_999_999)}", buttons, rule, tag);
        Conditional.Add(menu);
        feed.Tell("menu", () => new { Buttons = _buttons });
        return menu;
    }

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

internal sealed record ConditionalMenu(string Id, JsonArray Buttons, JsonObject Rule, int? TagId);
