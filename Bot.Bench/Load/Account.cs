using System.Security.Cryptography;
using System.Text;
using Bot.Simulator.Callbacks;

namespace Bot.Bench.Load;

/// <summary>The pretend account, signed and encrypted by the simulator's own hand, so that the bot's codec is checked and not believed.</summary>
internal static class Account
{
    public const string AppId = "wx0123load4567test";
    public const string Token = "loadBenchToken";
    public const string EncodingAESKey = "load0bench0key0load0bench0key0load0bench0kA";
    public const string Name = "gh_0load0bench";

    public static PlatformCipher Cipher { get; } = new(EncodingAESKey, AppId);

    /// <summary>28 characters that begin with o, as the platform's are.</summary>
    public static string OpenId(int user) =>
        "o" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"citizen {user}")))[..27].Replace('+', '-').Replace('/', '_');
}
