using System.Security.Cryptography;
using System.Text;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>The account's tokens in Redis, shared by all hosts. Sealed: who reads Redis gets neither the token nor the secret.</summary>
/// <remarks>A token is compared by its keyed digest, because sealing it twice never looks the same.</remarks>
internal sealed class RedisTokenStore(IConnectionMultiplexer redis, IOptions<WeChatOptions> options, TimeProvider clock) : ITokenStore
{
    private static readonly TimeSpan s_keptPastItsTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_asks = TimeSpan.FromMilliseconds(100);

    // KEYS: 1 token. ARGV: 1 digest of what it must hold now, empty for nothing; 2 digest, 3 seal, 4 expires at, ms.
    private const string Replace =
        """
        if (redis.call('HGET', KEYS[1], 'digest') or '') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'digest', ARGV[2], 'seal', ARGV[3])
        redis.call('PEXPIREAT', KEYS[1], ARGV[4])
        return 1
        """;

    private const string Release = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private readonly IDatabase _db = redis.GetDatabase();

    public async ValueTask<StoredToken?> GetAsync(string name, CancellationToken ct)
    {
        var cipher = Cipher();
        var seal = (byte[]?)await _db.HashGetAsync(Key(name, cipher), "seal").WaitAsync(ct);
        return seal is null ? null : cipher.Open(name, seal);
    }

    public async ValueTask<bool> TryReplaceAsync(string name, string? oldToken, StoredToken newToken, CancellationToken ct)
    {
        var cipher = Cipher();
        var replaced = await _db.ScriptEvaluateAsync(Replace, [Key(name, cipher)],
        [
            oldToken is null ? "" : cipher.Digest(oldToken), cipher.Digest(newToken.Value), cipher.Seal(name, newToken),
            (newToken.ExpiresAt + s_keptPastItsTime).ToUnixTimeMilliseconds(),
        ]).WaitAsync(ct);
        return (int)replaced == 1;
    }

    public async ValueTask<IAsyncDisposable?> AcquireRefreshLeaseAsync(string name, TimeSpan lifetime, TimeSpan patience, CancellationToken ct)
    {
        RedisKey key = $"bot:{{{name}}}:lease";
        var holder = RandomNumberGenerator.GetHexString(32);
        var since = clock.GetTimestamp();
        while (!await _db.StringSetAsync(key, holder, lifetime, When.NotExists).WaitAsync(ct))
        {
            if (clock.GetElapsedTime(since) + s_asks > patience)
                return null;
            await Task.Delay(s_asks, clock, ct);
        }

        return new Lease(_db, key, holder);
    }

    // Another secret means another key, so that what cannot be read stands in nobody's way.
    private static RedisKey Key(string name, TokenCipher cipher) => $"bot:{{{name}}}:{cipher.Fingerprint}";

    // The secret may change while we run, in demo mode.
    private TokenCipher Cipher() => new(Encoding.UTF8.GetBytes(options.Value.AppSecret));

    private sealed class Lease(IDatabase db, RedisKey key, string holder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await db.ScriptEvaluateAsync(Release, [key], [holder]);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // It ends by itself.
            }
        }
    }
}
