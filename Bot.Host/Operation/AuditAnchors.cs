using System.Globalization;
using Bot.Data.Audit;
using Bot.Handlers;

namespace Bot.Host.Operation;

/// <summary>Where the chain ended on each day, a file a day, <c>2026-11-27.anchor</c>: <c>place hash</c>. Kept out of the database administrator's reach, they show that nothing was rewritten.</summary>
internal sealed class AuditAnchors(IAuditAnchors chain, TimeProvider clock)
{
    private const string Ending = ".anchor";

    // Anchors are made every night: a chain that is older has one.
    private static readonly TimeSpan s_firstWithin = TimeSpan.FromDays(2);

    /// <param name="first">None is expected: it is the first time here.</param>
    /// <returns>How many anchors were compared, and what does not fit; null when every one does.</returns>
    public async Task<(int Compared, string? Fault)> CompareAsync(string folder, bool first, CancellationToken ct)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Ending) : [];
        if (files.Length == 0 && !first && await chain.BeganAsync(ct) is { } began && clock.GetUtcNow() - began > s_firstWithin)
            return (0, $"{folder} has no anchor, and the log begins on {Beijing.DateOf(began):yyyy-MM-dd}: somebody removed them, or it is not the right folder. If it is the first time here, say --first");
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if ((await File.ReadAllTextAsync(file, ct)).Split(' ', '\n') is not [var place, var noted, ..]
                || !long.TryParse(place, CultureInfo.InvariantCulture, out var seal))
                return (files.Length, $"{file} is no anchor");
            var now = await chain.HashAtAsync(seal, ct);
            if (now != noted)
                return (files.Length, now is null ? $"{file}: the chain had {seal} entries, and has fewer now" : $"{file}: entry {seal} or one before it was rewritten");
        }

        return (files.Length, null);
    }

    /// <summary>Notes where the chain ends now. The last of a day counts; a chain without entries has nothing to note.</summary>
    public async Task NoteAsync(string folder, long seal, string hash, CancellationToken ct)
    {
        if (seal == 0)
            return;
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, Beijing.DateOf(clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Ending);
        await File.WriteAllTextAsync(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{seal} {hash}\n"), ct);
        File.Move(file + ".new", file, overwrite: true);
    }
}
