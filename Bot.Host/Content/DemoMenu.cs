using System.Text.Json;
using Bot.WeChat.Api;

namespace Bot.Host.Content;

/// <summary>Publishes the demo's menu, so that the chat page has one; an account that has a menu keeps it.</summary>
internal sealed partial class DemoMenu(IMenus menus, ILogger<DemoMenu> logger)
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Demo", "menu.json");

    public async Task PublishAsync(CancellationToken ct)
    {
        var current = await menus.GetAsync(ct);
        if (current is { Ok: true, Value.Default.Count: > 0 })
            return;
        await using var file = File.OpenRead(s_file);
        var entries = await JsonSerializer.DeserializeAsync<Entry[]>(file, JsonSerializerOptions.Web, ct) ?? [];
        var published = await menus.CreateAsync([.. entries.Select(Button)], ct);
        if (!published.Ok)
            LogNotPublished(published.Error.Code, published.Error.Rid);
    }

    private static MenuButton Button(Entry entry) => entry.Buttons is { Count: > 0 } below
        ? MenuButton.Group(entry.Name, [.. below.Select(Button)])
        : MenuButton.Click(entry.Name, entry.Key ?? throw new InvalidDataException($"{s_file}: {entry.Name} has neither key nor buttons"));

    [LoggerMessage(LogLevel.Warning, "The demo's menu was refused ({Code}, {Rid})")]
    private partial void LogNotPublished(int code, string? rid);

    private sealed record Entry(string Name, string? Key, IReadOnlyList<Entry>? Buttons);
}
