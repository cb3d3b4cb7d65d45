using System.Collections.Concurrent;

namespace Bot.WeChat.Api;

/// <summary>Grants by code for 5 minutes: a page that is reloaded, or opened twice by the client, brings the same code again (40163).</summary>
internal sealed class SpentCodes(TimeProvider clock)
{
    /// <summary>Codes come from the open internet.</summary>
    private const int MostKept = 10_000;

    private static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Spent> _spent = new(StringComparer.Ordinal);

    public async Task<ApiResult<WebGrant>> OnceAsync(string code, Func<Task<ApiResult<WebGrant>>> exchange, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Forget(now);
        var spent = _spent.GetOrAdd(code, _ => new(new(exchange), now + CodeLives));
        var result = await spent.Grant.Value.WaitAsync(ct);
        // Only what never reached the platform may be tried again with the same code.
        if (result.Error is { Class: ErrorClass.NotSent })
            _spent.TryRemove(new(code, spent));
        return result;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (code, spent) in _spent)
        {
            if (spent.Until <= now)
                _spent.TryRemove(code, out _);
        }
        if (_spent.Count >= MostKept)
            _spent.Clear();
    }

    private sealed record Spent(Lazy<Task<ApiResult<WebGrant>>> Grant, DateTimeOffset Until);
}
