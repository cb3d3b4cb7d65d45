using System.Text.RegularExpressions;

namespace Bot.Simulator.World;

/// <summary>The last calls and pushes, with secrets masked. Safe to use from any thread.</summary>
internal sealed partial class Journal(SimulatorOptions options, TimeProvider time, LiveFeed feed)
{
    private const int BodyShown = 16_000;

    private readonly Queue<JournalEntry> _entries = new();
    private readonly Lock _gate = new();
    private long _id;

    public JournalEntry Write(JournalEntry draft)
    {
        JournalEntry entry;
        lock (_gate)
        {
            entry = draft with
            {
                Id = ++_id,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Request = Mask(draft.Request),
                Response = Mask(draft.Response),
            };
            _entries.Enqueue(entry);
            while (_entries.Count > options.JournalLength)
                _entries.Dequeue();
        }
        feed.Tell("journal", () => entry with { Request = "", Response = "" });
        return entry;
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JournalEntry> Latest(int count, long after = 0, string? kind = null, string? openId = null)
    {
        lock (_gate)
        {
            return [.. _entries.Reverse()
                .Where(e => e.Id > after && (kind is null || e.Kind == kind) && (openId is null || e.OpenId == openId))
                .Take(count)];
        }
    }

    public JournalEntry? Find(long id)
    {
        lock (_gate)
            return _entries.FirstOrDefault(e => e.Id == id);
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    internal static string Mask(string text)
    {
        if (text.Length > BodyShown)
            text = $"{text[..BodyShown]}… （共 {text.Length} 个字符）";
        return InJson().Replace(InQuery().Replace(text, "$1$2***"), "$1$2***$3");
    }

    [GeneratedRegex(@"\b((?:access_token|refresh_token|secret|appsecret|code)=)([^&\s]{0,4})[^&\s]*")]
    private static partial Regex InQuery();

    [GeneratedRegex("""("(?:access_token|refresh_token|secret|appsecret)"\s*:\s*")([^"]{0,4})[^"]*(")""")]
    private static partial Regex InJson();
}

/// <param name="Kind"><c>push</c> (platform to bot), <c>call</c> (bot to platform) or <c>act</c> (the tester).</param>
/// <param name="Title">One line: what it was.</param>
/// <param name="Outcome">One line: how it ended.</param>
/// <param name="Good">Whether it ended as a well-behaved bot would have it.</param>
internal sealed record JournalEntry(
    string Kind, string Title, string Outcome, bool Good, string OpenId = "", double Milliseconds = 0, string Request = "", string Response = "")
{
    public long Id { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC, real time.</summary>
    public long At { get; init; }
}
