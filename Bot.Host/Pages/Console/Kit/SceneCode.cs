using Bot.WeChat.Api;
using QRCoder;

namespace Bot.Host.Pages.Console;

/// <summary>The picture of a QR code that leads into the chat.</summary>
internal static class SceneCode
{
    private const int PixelsPerModule = 8;

    // The platform keeps temporary codes no longer; of the others an account has 100,000 for ever.
    private static readonly TimeSpan s_longestTemporary = TimeSpan.FromDays(30);

    /// <param name="left">How long what it leads to is open.</param>
    public static async Task<ApiResult<byte[]>> MakeAsync(IQrCodes codes, string scene, TimeSpan left, CancellationToken ct)
    {
        var made = await codes.CreateAsync(
            left > TimeSpan.FromMinutes(1) && left < s_longestTemporary ? QrScene.Temporary(scene, left) : QrScene.Permanent(scene), ct);
        if (!made.Ok)
            return made.Error;
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(made.Value.Url, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }
}
