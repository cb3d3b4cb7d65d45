using Bot.WeChat;

namespace Bot.Simulator;

/// <summary>The pretend official account, its callback settings and the platform's manners.</summary>
public sealed class SimulatorOptions
{
    public string AppId { get; set; } = "wx1234567890abcdef";

    public string AppSecret { get; set; } = "simulator0secret0simulator0secret";

    /// <summary>Signs every callback; the bot must hold the same.</summary>
    public string Token { get; set; } = "simulatorToken";

    /// <summary>43 letters or digits; used in <see cref="WeChatMode.Safe"/> and <see cref="WeChatMode.Compat"/>.</summary>
    public string EncodingAESKey { get; set; } = "simulator0key0simulator0key0simulator0key0A";

    /// <summary>The account's original id, <c>gh_…</c>.</summary>
    public string Account { get; set; } = "gh_0123456789ab";

    /// <summary>What citizens see in the title bar.</summary>
    public string AccountName { get; set; } = "滨海市政务服务";

    public WeChatMode Mode { get; set; } = WeChatMode.Safe;

    public CallbackFormat Format { get; set; } = CallbackFormat.Xml;

    /// <summary>Where messages are pushed. Null: <c>/wechat/callback</c> on the server that the simulator is mounted in.</summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>How long one delivery may take before the connection is cut.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Deliveries in total, the first included. The documents can be read as 3 or 4; 3 were observed.</summary>
    public int Deliveries { get; set; } = 3;

    /// <summary>The pause after a delivery that failed at once (refused connection, HTTP error). A cut one is repeated without a pause.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Results of template, mass and publish jobs are pushed after a random time between these two.</summary>
    public TimeSpan JobResultFrom { get; set; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan JobResultTo { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an API answer takes under the fault “slow”.</summary>
    public TimeSpan SlowAnswer { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Equal seeds give equal ids, waits and fault rolls for equal calls.</summary>
    public int Seed { get; set; } = 20250101;

    /// <summary>How many calls and pushes the journal remembers.</summary>
    public int JournalLength { get; set; } = 2000;

    public PlatformLimits Limits { get; } = new();

    /// <summary>Lines for the page's help panel, such as the console's address and demo sign-in.</summary>
    public IReadOnlyList<string> HelpNotes { get; set; } = [];
}

/// <summary>数据格式 in the account's callback settings.</summary>
public enum CallbackFormat { Xml, Json }
