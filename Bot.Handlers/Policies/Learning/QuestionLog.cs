using System.Collections.Concurrent;
using System.Globalization;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies.Learning;

/// <summary>Notes questions and what came of them, behind the messages' way; somebody writes them down now and then.</summary>
/// <remarks>The key of a question is drawn at random and travels in the choices on the screen: nothing here knows who asked.</remarks>
public sealed class QuestionLog(TimeProvider clock)
{
    // While the database is away: what does not fit is not learnt from.
    private const int Most = 20_000;

    private ConcurrentQueue<AskedQuestion> _asked = new();
    private ConcurrentQueue<SettledQuestion> _settled = new();

    /// <returns>The question's key; empty for one that says nothing.</returns>
    /// <param name="shown">Ids, best first; empty for a miss.</param>
    public string Asked(string question, IReadOnlyList<string> shown)
    {
        var kept = QuestionText.Kept(question);
        var normal = QuestionText.Folded(kept);
        if (normal.Length == 0 || _asked.Count >= Most)
            return "";
        var key = Random.Shared.NextInt64();
        _asked.Enqueue(new(key, clock.GetUtcNow(), kept, normal, shown));
        return key.ToString("x", CultureInfo.InvariantCulture);
    }

    public void Settled(string key, QuestionOutcome outcome, string policyId = "")
    {
        if (_settled.Count < Most && long.TryParse(key, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
            _settled.Enqueue(new(number, clock.GetUtcNow(), outcome, policyId));
    }

    /// <summary>What came in since the last time.</summary>
    public (IReadOnlyCollection<AskedQuestion> Asked, IReadOnlyCollection<SettledQuestion> Settled) Take()
    {
        // In this order: whatever settles a question comes after it.
        var settled = Interlocked.Exchange(ref _settled, new());
        var asked = Interlocked.Exchange(ref _asked, new());
        return (asked, settled);
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Return(IEnumerable<AskedQuestion> asked, IEnumerable<SettledQuestion> settled)
    {
        foreach (var one in asked.Take(Most))
            _asked.Enqueue(one);
        foreach (var one in settled.Take(Most))
            _settled.Enqueue(one);
    }
}
