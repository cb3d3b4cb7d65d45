using System.Text.Json.Serialization;

namespace Bot.Simulator.World;

/// <summary>The faults that a tester switched on. Safe to use from any thread.</summary>
internal sealed class Faults(Dice dice, LiveFeed feed)
{
    private readonly List<FaultRule> _rules = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (_gate)
                return [.. _rules];
        }
    }

    /// <summary>Replaces the rule for the same kind and path; a rate of zero removes it.</summary>
    public void Set(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.RemoveAll(r => r.Kind == rule.Kind && r.Path == rule.Path);
            if (rule.Rate > 0)
                _rules.Add(rule);
        }
        feed.Tell("faults", () => All);
    }

    public void Clear()
    {
        lock (_gate)
            _rules.Clear();
        feed.Tell("faults", () => All);
    }

    /// <summary>The fault that strikes this call, if any.</summary>
    public FaultRule? StrikesCall(string path) => Strike(r => !IsCallbackFault(r.Kind) && (r.Path == "*" || r.Path == path));

    public bool StrikesPush(FaultKind kind) => Strike(r => r.Kind == kind) is not null;

    public static bool IsCallbackFault(FaultKind kind) => kind >= FaultKind.Duplicate;

    private FaultRule? Strike(Func<FaultRule, bool> matches)
    {
        FaultRule? struck = null;
        lock (_gate)
        {
            for (var i = 0; i < _rules.Count && struck is null; i++)
            {
                if (!matches(_rules[i]) || !dice.Falls(_rules[i].Rate))
                    continue;
                struck = _rules[i];
                if (struck.Times is 1)
                    _rules.RemoveAt(i);
                else if (struck.Times is { } times)
                    _rules[i] = struck with { Times = times - 1 };
            }
        }
        if (struck?.Times is not null)
            feed.Tell("faults", () => All);
        return struck;
    }
}

/// <param name="Path">An API path such as <c>/cgi-bin/token</c>, or <c>*</c> for all; ignored for callback faults.</param>
/// <param name="Rate">0 to 1.</param>
/// <param name="Times">How often it strikes before it switches itself off; null is without end.</param>
/// <param name="Code">The errcode of <see cref="FaultKind.ErrorCode"/>.</param>
internal sealed record FaultRule(FaultKind Kind, string Path = "*", double Rate = 1, int? Times = null, int? Code = null);

[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    // Calls of the API.
    Busy,
    MinuteQuota,
    ErrorCode,
    BadGateway,
    Reset,
    Slow,
    Truncated,
    HtmlPage,
    AnswerLost,
    TokenInvalid,

    // Callbacks. A forged one is sent beside the real one, to see it refused.
    Duplicate,
    OutOfOrder,
    StaleTimestamp,
    Tampered,
    WrongAppId,
    Dtd,
    HugeBody,
    UnknownEvent,

    // Results of template and mass jobs.
    JobLost,
    JobFailed,
    JobEarly,
}
