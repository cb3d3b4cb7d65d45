namespace Bot.Data.Policies;

/// <summary>What the calendar does to documents.</summary>
public interface IPolicyDays
{
    /// <summary>A job that comes each day.</summary>
    const string JobKind = "policy.day";

    /// <summary>Has subscribers told of documents that ceased to be in force in the week up to <paramref name="today"/>, each once.</summary>
    Task TellLapsedAsync(DateOnly today, CancellationToken ct);
}
