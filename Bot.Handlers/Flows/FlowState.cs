using System.Collections.Immutable;

namespace Bot.Handlers.Flows;

/// <summary>One citizen's place in one flow.</summary>
/// <remarks>
/// Answers are plain strings in the order given: option keys or trimmed text, never objects. The draft is rebuilt from them
/// every turn, so a step may be inserted, moved or removed between two releases without breaking the conversations under way.
/// </remarks>
/// <param name="Run">Identifies this run of the flow; the idempotency key of whatever it finally does.</param>
/// <param name="Asked">Key of the step whose question is on the citizen's screen.</param>
/// <param name="Shown">Option keys behind the numbers 1, 2, 3… on that screen.</param>
/// <param name="AskedAt">Our clock.</param>
/// <param name="Page">Page of a long list, from 0.</param>
/// <param name="More">True when 下一页 shows another page.</param>
public sealed record FlowState(
    string Flow,
    int Version,
    Guid Run,
    ImmutableArray<FlowAnswer> Answers,
    string Asked,
    ImmutableArray<string> Shown,
    DateTimeOffset AskedAt,
    int Page = 0,
    bool More = false)
{
    /// <summary>The answer that ends a step of several answers; no citizen can send it, since messages are never empty.</summary>
    public const string End = "";

    public string? Find(string step)
    {
        foreach (var answer in Answers)
        {
            if (answer.Step == step)
                return answer.Value;
        }

        return null;
    }

    /// <summary>This state as it was before <paramref name="step"/> was answered; unchanged when it never was.</summary>
    public FlowState Before(string step) => this with { Answers = [.. Answers.TakeWhile(a => a.Step != step)] };

    public FlowState Without(params ReadOnlySpan<string> steps)
    {
        var kept = Answers;
        foreach (var step in steps)
            kept = kept.RemoveAll(a => a.Step == step);
        return this with { Answers = kept };
    }

    /// <summary>Something told by the way: in front, so that 返回 takes back what was asked for.</summary>
    public FlowState Noting(FlowAnswer note) => Without(note.Step) is var state ? state with { Answers = state.Answers.Insert(0, note with { Settled = true }) } : this;

    /// <summary>The answers before <paramref name="step"/> and its own: all that a step of several answers has gathered.</summary>
    public FlowState UpTo(string step)
    {
        var before = Before(step).Answers;
        return this with { Answers = [.. before, .. Answers.Skip(before.Length).TakeWhile(a => a.Step == step)] };
    }

    /// <summary>Whether the citizen gave an answer that 返回 can take back.</summary>
    public bool HasAnswers => LastGiven >= 0;

    /// <summary>Without the citizen's last answer and what settled itself behind it; unchanged when they gave none.</summary>
    public FlowState WithoutLast() => LastGiven is >= 0 and var last ? this with { Answers = Answers[..last] } : this;

    private int LastGiven
    {
        get
        {
            var last = Answers.Length - 1;
            while (last >= 0 && Answers[last].Settled)
                last--;
            return last;
        }
    }
}

/// <param name="Settled">Not given by the citizen: it came with the command, or there was nothing to ask.</param>
/// <param name="Sealed">The value lies sealed in the session.</param>
public readonly record struct FlowAnswer(string Step, string Value, bool Settled = false, bool Sealed = false);
