using System.Collections.Concurrent;
using System.Globalization;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies.Learning;

/// <summary>Notes questions and what came of them, behind the messages' way; somebody writes them down now and then.</summary>
/// <remarks>
/// The key of a question is drawn at random and travels in the choices on the screen: nothing here knows who asked.
/// What comes faster than it is written waits, so that a rush of questions is answered and not kept up by its own record.
/// </remarks>
public sealed class QuestionLog(TimeProvider clock)
{
    // In a rush, or while the database is away: what does not fit is not learnt from.
    private const int Most = 20_000;

    /// <summary>Questions that <see cref="Take"/> gives out at once.</summary>
    public const int AtOnce = 500;

    private readonly ConcurrentQueue<AskedQuestion> _asked = new();
    private readonly ConcurrentQueue<SettledQuestion> _settled = new();

    /// <returns>The question's key; empty for one that says nothing.</returns>
    /// <param name="shown">Ids, best first; empty for a miss.</param>
    public string Asked(QuestionText question, IReadOnlyList<string> shown)
    {
        if (question.Normal.Length == 0 || _asked.Count >= Most)
            return "";
        var key = Random.Shared.NextInt64();
        _asked.Enqueue(new(key, clock.GetUtcNow(), question.Kept, question.Normal, shown));
        return key.ToString("x", CultureInfo.InvariantCulture);
    }

    public void Settled(string key, QuestionOutcome outcome, string policyId = "")
    {
        if (_settled.Count < Most && long.TryParse(key, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
            _settled.Enqueue(new(number, clock.GetUtcNow(), outcome, policyId));
    }

    /// <summary>What came in first. A question is given out before whatever settles it, or with it.</summary>
    public (IReadOnlyList<AskedQuestion> Asked, IReadOnlyList<SettledQuestion> Settled) Take()
    {
        // Counted in this order: the questions of these are among those counted next.
        var settled = _settled.Count;
        if (_asked.Count > AtOnce)
            settled = 0;
        return (Take(_asked, AtOnce), Take(_settled, Math.Min(settled, AtOnce)));
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Return(IEnumerable<AskedQuestion> asked, IEnumerable<SettledQuestion> settled)
    {
        foreach (var one in asked.Take(Most))
            _asked.Enqueue(one);
        foreach (var one in settled.Take(Most))
            _settled.Enqueue(one);
    }

    private static List<T> Take<T>(ConcurrentQueue<T> queue, int most)
    {
        List<T> taken = [];
        while (taken.Count < most && queue.TryDequeue(out var one))
            taken.Add(one);
        return taken;
    }
}
