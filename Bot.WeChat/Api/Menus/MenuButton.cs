using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>One button; make it with the methods below.</summary>
/// <param name="Name">16 bytes of UTF-8 at the top, 40 below: 5 and 13 Chinese characters.</param>
/// <param name="Type">Null for a group.</param>
/// <param name="Key">At most 128 bytes.</param>
/// <param name="Url">At most 256 bytes to be safe: sources differ.</param>
/// <param name="Value">Only read: what a button made in the account's console says.</param>
public sealed record MenuButton(
    string Name,
    string? Type = null,
    string? Key = null,
    string? Url = null,
    [property: JsonPropertyName("appid")] string? AppId = null,
    [property: JsonPropertyName("pagepath")] string? PagePath = null,
    string? MediaId = null,
    string? ArticleId = null,
    string? Value = null,
    [property: JsonPropertyName("sub_button"), JsonConverter(typeof(SubButtonsConverter))] IReadOnlyList<MenuButton>? Buttons = null)
{
    public static MenuButton Click(string name, string key) => new(name, "click", key);

    public static MenuButton View(string name, string url) => new(name, "view", Url: url);

    /// <param name="url">For clients that know no mini-programs.</param>
    public static MenuButton MiniProgram(string name, string url, string appId, string pagePath) =>
        new(name, "miniprogram", Url: url, AppId: appId, PagePath: pagePath);

    /// <param name="waits">The client shows 消息接收中 until we answer.</param>
    public static MenuButton ScanCode(string name, string key, bool waits) => new(name, waits ? "scancode_waitmsg" : "scancode_push", key);

    public static MenuButton PhotoOrAlbum(string name, string key) => new(name, "pic_photo_or_album", key);

    public static MenuButton SelectLocation(string name, string key) => new(name, "location_select", key);

    public static MenuButton Article(string name, string articleId) => new(name, "article_id", ArticleId: articleId);

    public static MenuButton Group(string name, params IReadOnlyList<MenuButton> buttons) => new(name, Buttons: buttons);
}
