using Microsoft.Extensions.Logging;

namespace Bot.WeChat.Api;

/// <summary>One credential of the account, kept in memory and in the shared store, renewed ahead of time by one caller for all.</summary>
/// <param name="fetch">Asks the platform; true means force_refresh.</param>
/// <param name="fetched">Told of every answer that held a token.</param>
internal sealed partial class SharedToken(
    string name, Func<bool, CancellationToken, Task<ApiResult<StoredToken>>> fetch, ITokenStore tokens, Action fetched, TimeProvider clock, ILogger<SharedToken> log)
{
    private readonly Lock _gate = new();
    private readonly Refusals _refusals = new();
    private readonly ForgivingStore _store = new(name, tokens, log);
    private (Task<ApiResult<StoredToken>> Task, Wish Wish)? _flight;
    private HeldToken? _held;
    private Failure? _failure;

    public ValueTask<ApiResult<StoredToken>> GetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Usable(now) is not { } held)
            return new(RefreshAsync(Wish.Any, ct));
        if (now >= held.RenewAt)
            Flight(new Wish(held.Value, Refused: false), out _);
        return new(held.Result);
    }

    public ValueTask<ApiResult<StoredToken>> ReplaceAsync(string refused, CancellationToken ct) =>
        Usable(clock.GetUtcNow()) is { } held && held.Value != refused
            ? new(held.Result)
            : new(RefreshAsync(new Wish(refused, Refused: true), ct));

    private async Task<ApiResult<StoredToken>> RefreshAsync(Wish wanted, CancellationToken ct)
    {
        while (true)
        {
            var result = await Flight(wanted, out var wish).WaitAsync(ct);
            // A flight that began for another reason may bring back the very token that we know to be refused.
            if (wish == wanted || !result.Ok || result.Value.Value != wanted.NotThis)
                return result;
        }
    }

    private Task<ApiResult<StoredToken>> Flight(Wish wanted, out Wish wish)
    {
        lock (_gate)
        {
            // Not the caller's cancellation: others wait for the same flight, and its calls have deadlines of their own.
            if (_flight is not { Task.IsCompleted: false })
                _flight = (Task.Run(() => FlyAsync(wanted)), wanted);
            wish = _flight.Value.Wish;
            return _flight.Value.Task;
        }
    }

    private async Task<ApiResult<StoredToken>> FlyAsync(Wish wanted)
    {
        var now = clock.GetUtcNow();
        if (Usable(now) is { } held && IsEnough(held, wanted, now))
            return held.Result;
        if (_failure is { } failure && Uptime < failure.Until)
            return failure.Error;
        try
        {
            return await FetchAsync(wanted);
        }
        catch (Exception e)
        {
            LogRefreshFailed(e, name);
            return Fail(ApiError.NotSent("no access token"));
        }
    }

    // Somebody else may have been here between the caller's look and this flight.
    private bool IsEnough(HeldToken held, Wish wanted, DateTimeOffset now) =>
        held.Value != wanted.NotThis || (wanted.Refused ? _refusals.JustAsked(held.Value, Uptime) : now < held.RenewAt);

    private async Task<ApiResult<StoredToken>> FetchAsync(Wish wanted)
    {
        var stored = await _store.GetAsync();
        if (Fits(stored, wanted))
            return Hold(stored!);
        // Without a lease another host is slow or the store is away. Asking is harmless then: everyone is given the same token.
        await using var lease = await _store.LeaseAsync();
        if (lease is not null && Fits(stored = await _store.GetAsync(), wanted))
            return Hold(stored!);

        var now = Uptime;
        var force = lease is not null && wanted.Refused && _refusals.JustifyForce(wanted.NotThis!, now);
        var answer = await fetch(force, CancellationToken.None);
        if (!answer.Ok)
            return Fail(answer.Error);
        fetched();
        var token = answer.Value;
        if (wanted.Refused)
            _refusals.Given(wanted.NotThis!, token.Value, force, now);
        // Compare-and-swap: an answer that was under way while another host stored a newer token must not undo that.
        if (!await _store.TryReplaceAsync(stored?.Value, token) && await _store.GetAsync() is { } newer && Fits(newer, wanted))
            token = newer;
        return Hold(token);
    }

    private bool Fits(StoredToken? token, Wish wanted) =>
        token is not null && token.Value != wanted.NotThis && clock.GetUtcNow() < token.ExpiresAt - HeldToken.Margin;

    private HeldToken? Usable(DateTimeOffset now) => Volatile.Read(ref _held) is { } held && now < held.UsableUntil ? held : null;

    private ApiResult<StoredToken> Hold(StoredToken token)
    {
        var held = HeldToken.From(token, clock.GetUtcNow());
        _failure = null;
        Volatile.Write(ref _held, held);
        return held.Result;
    }

    /// <summary>A wrong secret does not become right by asking again; a network may recover.</summary>
    private ApiResult<StoredToken> Fail(ApiError error)
    {
        var passing = error.Class is ErrorClass.NotSent or ErrorClass.OutcomeUnknown or ErrorClass.Retry;
        var pause = TimeSpan.FromSeconds(passing ? 1 : 30);
        _failure = new(error, Uptime + pause);
        if (_held is { } held)
            Volatile.Write(ref _held, held with { RenewAt = clock.GetUtcNow() + pause });
        return error;
    }

    // When a token ends is told by the time of day, and the platform corrects us where our clock is wrong. How long we wait for something is not.
    private TimeSpan Uptime => clock.GetElapsedTime(0);

    [LoggerMessage(LogLevel.Error, "{Name} could not be renewed")]
    private partial void LogRefreshFailed(Exception e, string name);

    private sealed record Wish(string? NotThis, bool Refused)
    {
        public static readonly Wish Any = new(null, false);
    }

    private sealed record Failure(ApiError Error, TimeSpan Until);
}
