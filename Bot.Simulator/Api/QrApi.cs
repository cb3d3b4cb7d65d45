using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>QR codes with a scene.</summary>
internal sealed class QrApi(QrCodes codes) : IApiGroup
{
    private const int MostPermanent = 100_000;
    private const int MostSeconds = 2_592_000;

    // The old documents' default when expire_seconds is left out.
    private const int DefaultSeconds = 30;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/qrcode/create", Create),
        ApiRoute.Get("/cgi-bin/showqrcode", Show) with { NeedsToken = false },
        ApiRoute.Post("/cgi-bin/shorten/gen", call => call.Json["long_data"].Text is { Length: > 0 }
            ? ApiAnswer.Ok(("short_key", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(call.Body))[..15]))
            : ApiAnswer.Error(40035)),
    ];

    private ApiAnswer Create(ApiCall call)
    {
        var action = call.Json["action_name"].Text;
        if (action is not ("QR_SCENE" or "QR_STR_SCENE" or "QR_LIMIT_SCENE" or "QR_LIMIT_STR_SCENE"))
            return ApiAnswer.Error(40052);
        var permanent = action.Contains("LIMIT", StringComparison.Ordinal);
        var number = !action.Contains("STR", StringComparison.Ordinal);
        if (Scene(call.Json["action_info"]?["scene"], number, permanent) is not { } scene)
            return ApiAnswer.Error(40053);
        if (permanent)
        {
            if (codes.Permanent >= MostPermanent)
                return ApiAnswer.Error(45029);
            var forEver = codes.Make(scene, number, null);
            return ApiAnswer.Plain(new JsonObject { ["ticket"] = forEver.Ticket, ["url"] = Address(forEver) });
        }
        var seconds = call.Json["expire_seconds"].Number ?? DefaultSeconds;
        if (seconds is < 1 or > MostSeconds)
            return ApiAnswer.Error(40053);
        var code = codes.Make(scene, number, TimeSpan.FromSeconds(seconds));
        return ApiAnswer.Plain(new JsonObject { ["ticket"] = code.Ticket, ["expire_seconds"] = seconds, ["url"] = Address(code) });
    }

    private ApiAnswer Show(ApiCall call) => codes.Find(call["ticket"]) is { } code
        ? ApiAnswer.File(QrPicture.Png(Address(code)), "image/png", null)
        : ApiAnswer.NotFound();

    private static string? Scene(JsonNode? scene, bool isNumber, bool permanent)
    {
        if (!isNumber)
            return scene?["scene_str"].Text is { Length: >= 1 and <= 64 } text ? text : null;
        var number = scene?["scene_id"].Number ?? 0;
        return number > 0 && (!permanent || number <= MostPermanent) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static string Address(QrCode code) => $"http://weixin.qq.com/q/{code.Ticket[2..34]}";
}
