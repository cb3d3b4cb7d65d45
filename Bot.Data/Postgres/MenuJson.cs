using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.WeChat.Api;

namespace Bot.Data.Postgres;

/// <summary>Buttons as our tables keep them. Flat: the type's own converter for groups belongs to WeChat's wire.</summary>
internal static class MenuJson
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(IReadOnlyList<MenuButton> buttons) => JsonSerializer.Serialize(buttons.Select(Kept.Of), s_json);

    public static MenuButton[] Read(string json) => [.. (JsonSerializer.Deserialize<Kept[]>(json, s_json) ?? []).Select(k => k.Button())];

    private sealed record Kept(string Name, string? Type, string? Key, string? Url, string? AppId, string? PagePath, Kept[]? Below)
    {
        public static Kept Of(MenuButton b) => new(b.Name, b.Type, b.Key, b.Url, b.AppId, b.PagePath, b.Buttons is { Count: > 0 } below ? [.. below.Select(Of)] : null);

        public MenuButton Button() => new(Name, Type, Key, Url, AppId, PagePath, Buttons: Below is { } below ? [.. below.Select(k => k.Button())] : null);
    }
}
