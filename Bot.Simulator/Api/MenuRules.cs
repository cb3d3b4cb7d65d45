using System.Text.Json.Nodes;

namespace Bot.Simulator.Api;

/// <summary>Shape and lengths of a menu. Source: “自定义菜单”.</summary>
internal sealed class MenuRules(SimulatorOptions options)
{
    private static readonly HashSet<string> Keyed =
        ["click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"];

    private static readonly HashSet<string> Pointing = ["media_id", "view_limited", "article_id", "article_view_limited"];

    /// <returns>0 or the errcode.</returns>
    public int Fault(JsonObject menu)
    {
        if (menu["button"] is not JsonArray { Count: >= 1 and <= 3 } buttons)
            return 40016;
        return buttons.Select(b => Fault(b as JsonObject, options.Limits.MenuTopNameBytes, top: true)).FirstOrDefault(f => f != 0);
    }

    private int Fault(JsonObject? button, int nameBytes, bool top)
    {
        if (button?["name"].Text is not { Length: > 0 } name || name.Utf8Length > nameBytes)
            return 40018;
        if (button["sub_button"] is JsonArray { Count: > 0 } subs)
        {
            if (!top || subs.Count > 5)
                return 40023;
            return subs.Select(s => Fault(s as JsonObject, options.Limits.MenuSubNameBytes, top: false)).FirstOrDefault(f => f != 0);
        }
        return FaultOfType(button, button["type"].Text ?? "");
    }

    private int FaultOfType(JsonObject button, string type)
    {
        if (Keyed.Contains(type))
            return button["key"].Text.Utf8Length is > 0 and var key && key <= options.Limits.MenuKeyBytes ? 0 : 40019;
        if (type is "view" or "miniprogram")
        {
            var url = button["url"].Text;
            if (url.Utf8Length is 0 || url.Utf8Length > options.Limits.MenuUrlBytes)
                return 40020;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return 40055;
            return type == "view" || button["appid"].Text is { Length: > 0 } ? 0 : 40166;
        }
        return Pointing.Contains(type) ? 0 : 40017;
    }
}
