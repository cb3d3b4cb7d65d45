using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>A tap on a button of the account's own menu, with what the citizen chose after it.</summary>
internal sealed class MenuTaps(PushFactory pushes, CitizenActs acts)
{
    /// <returns>Null for a button that only opens something in the client.</returns>
    public async Task<Delivery?> TapAsync(Citizen citizen, JsonObject button, MenuChoice choice, long menuId)
    {
        string Of(string name) => (string?)button[name] ?? "";
        var (type, key, openId) = (Of("type"), Of("key"), citizen.OpenId);
        switch (type)
        {
            case "click":
                return await acts.TapAsync(citizen, pushes.Click(openId, key), allows: true);
            case "view":
                return await acts.TapAsync(citizen, pushes.View(openId, Of("url"), menuId), allows: false);
            case "miniprogram":
                return await acts.TapAsync(citizen, pushes.ViewMiniProgram(openId, Of("pagepath"), menuId), allows: false);
            case "scancode_push" or "scancode_waitmsg":
                return await acts.TapAsync(citizen, pushes.ScanCode(openId, type, key, choice.Scanned ?? ""), allows: true);
            case "pic_sysphoto" or "pic_photo_or_album" or "pic_weixin" when choice.Picture is { } picture:
#pragma warning disable CA5351 // The platform names pictures by MD5.
                var md5 = Convert.ToHexStringLower(MD5.HashData(picture.Bytes));
#pragma warning restore CA5351
                await acts.TapAsync(citizen, pushes.Pictures(openId, type, key, md5), allows: false);
                return await acts.SendImageAsync(citizen, picture, choice.Pictures!);
            case "location_select" when choice.Label is { } label:
                await acts.TapAsync(citizen, pushes.LocationSelect(openId, key, choice.Latitude, choice.Longitude, label), allows: false);
                return await acts.SendLocationAsync(citizen, choice.Latitude, choice.Longitude, label);
            default:
                return null;
        }
    }
}

/// <param name="Pictures">The address under which pictures are served.</param>
internal sealed record MenuChoice(
    string? Scanned = null, Media? Picture = null, Uri? Pictures = null, double Latitude = 0, double Longitude = 0, string? Label = null);
