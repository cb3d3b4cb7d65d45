namespace Bot.WeChat.Api;

/// <summary>带参数的二维码: a scan follows the account if need be and tells us the scene.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “生成带参数的二维码”.</remarks>
public interface IQrCodes
{
    /// <summary>At most 100,000 permanent codes (45029).</summary>
    Task<ApiResult<QrTicket>> CreateAsync(QrScene scene, CancellationToken ct);

    /// <summary>Where the picture is; public, without a token. <see cref="QrTicket.Url"/> may be drawn by oneself instead.</summary>
    Uri PictureOf(QrTicket ticket);
}

/// <param name="ExpireSeconds">Null for permanent codes.</param>
/// <param name="Url">What the code says.</param>
public sealed record QrTicket(string Ticket, string Url, int? ExpireSeconds);

/// <summary>What a code stands for and for how long.</summary>
public sealed record QrScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private QrScene(string? text, int? number, TimeSpan? life) => (Text, Number, Life) = (text, number, life);

    public string? Text { get; }
    public int? Number { get; }

    /// <summary>Null: permanent.</summary>
    public TimeSpan? Life { get; }

    /// <param name="scene">1 to 64 characters, such as <c>svc_12</c>.</param>
    /// <param name="life">1 s to 30 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static QrScene Temporary(string scene, TimeSpan life) => new(Checked(scene), null, Checked(life));

    /// <param name="scene">Not zero.</param>
    /// <param name="life">1 s to 30 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static QrScene Temporary(int scene, TimeSpan life)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scene);
        return new(null, scene, Checked(life));
    }

    /// <param name="scene">1 to 64 characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is empty or too long.</exception>
    public static QrScene Permanent(string scene) => new(Checked(scene), null, null);

    /// <param name="scene">1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public static QrScene Permanent(int scene)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scene, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scene, 100_000);
        return new(null, scene, null);
    }

    private static string Checked(string scene) =>
        scene.Length is >= 1 and <= 64 ? scene : throw new ArgumentOutOfRangeException(nameof(scene), scene.Length, "1 to 64 characters");

    private static TimeSpan Checked(TimeSpan life) =>
        life >= TimeSpan.FromSeconds(1) && life <= Longest ? life : throw new ArgumentOutOfRangeException(nameof(life), life, "1 s to 30 days");
}
