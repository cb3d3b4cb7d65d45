namespace Bot.WeChat.Api;

/// <summary>Remembers a token that the platform refuses and yet keeps giving out, and when that justifies force_refresh.</summary>
/// <remarks>Used by one refresh at a time. Its times are the process's own, which nobody sets.</remarks>
internal sealed class Refusals
{
    /// <summary>A hundred refused callers in a row need one answer, not a hundred.</summary>
    private static readonly TimeSpan BetweenAsking = TimeSpan.FromSeconds(5);

    /// <summary>The platform ignores a force_refresh less than 30 s after the last one; before that, the fault may pass by itself.</summary>
    private static readonly TimeSpan BetweenForcing = TimeSpan.FromSeconds(30);

    private string? _token;
    private int _givenAgain;
    private TimeSpan _first;
    private TimeSpan _last;
    private TimeSpan? _forced;

    public bool JustAsked(string refused, TimeSpan now) => refused == _token && now - _last < BetweenAsking;

    public bool JustifyForce(string refused, TimeSpan now) =>
        refused == _token && _givenAgain >= 2 && now - _first >= BetweenForcing && !(now - _forced < BetweenForcing);

    public void Given(string refused, string token, bool forced, TimeSpan now)
    {
        if (forced)
            _forced = now;
        if (token != refused)
            _token = null;
        else if (token == _token)
            (_givenAgain, _last) = (_givenAgain + 1, now);
        else
            (_token, _givenAgain, _first, _last) = (token, 1, now, now);
    }
}
