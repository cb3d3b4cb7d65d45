using System.Security.Cryptography;
using System.Text;
using Bot.WeChat;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>The keys of one citizen's turn: <c>bot:{citizen}:…</c>, so that Redis Cluster keeps them on one node.</summary>
internal static class SessionKeys
{
    private const int LongestPlain = 64;

    private static readonly RedisKey[] s_endings = ["m:", "s", "l", "o", "q"];

    /// <param name="message">As <see cref="Short"/> gives it.</param>
    /// <param name="count">How many of stored reply, session, lease, owed answer and queue; in this order the scripts expect them.</param>
    public static RedisKey[] Of(OpenId citizen, string message, int count = 5)
    {
        // The citizen's part is encoded once; each key is that part and its own ending.
        RedisKey stem = Encoding.UTF8.GetBytes(string.Concat("bot:{", Tag(citizen.Value), "}:"));
        var keys = new RedisKey[count];
        for (var i = 0; i < count; i++)
            keys[i] = stem.Append(i == 0 ? "m:" + message : s_endings[i]);
        return keys;
    }

    /// <summary>What outlives a turn: the session and the owed answer.</summary>
    public static RedisKey[] Kept(OpenId citizen)
    {
        var keys = Of(citizen, "");
        return [keys[1], keys[3]];
    }

    // A hash tag ends at the first brace, and an openid may hold anything. What is not plain is replaced by its digest,
    // marked with a character that no plain name has.
    internal static string Tag(string openId)
    {
        if (openId.Length > LongestPlain)
            return Digest(openId);
        foreach (var c in openId)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return Digest(openId);
        }

        return openId;
    }

    /// <summary>The message's name for keys and leases: an event's key may be as long as the body that carried it, and a line's end ends the name in a lease.</summary>
    public static string Short(string message) =>
        message.Length > LongestPlain || message.Contains('\n', StringComparison.Ordinal) ? Digest(message) : message;

    private static string Digest(string text) => "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
