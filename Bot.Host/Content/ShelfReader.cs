using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Policies;

namespace Bot.Host.Content;

/// <summary>Brings the documents into memory, with what citizens call them; those that did not change since the last time are not read again.</summary>
internal sealed partial class ShelfReader(
    IPolicies policies, IPolicyWords words, IPolicyQuestions questions, IAttachments attachments, PolicyLibrary library, TimeProvider clock, ILogger<ShelfReader> logger)
{
    private const int HotRows = 9;
    private const int HotDays = 30;

    // More similar questions of one document blur what it is about.
    private const int QuestionsPerDocument = 30;

    private Dictionary<string, Policy> _known = new(StringComparer.Ordinal);

    /// <summary>For one caller at a time.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        var content = await ContentAsync(ct);
        var began = clock.GetTimestamp();
        library.Replace(content);
        LogRead(content.Policies.Count, (int)clock.GetElapsedTime(began).TotalMilliseconds);
        library.RankHot(await policies.MostReadAsync(Beijing.DateOf(clock.GetUtcNow()).AddDays(-HotDays), HotRows, ct));
    }

    private async Task<ShelfContent> ContentAsync(CancellationToken ct)
    {
        var published = await ReadPoliciesAsync(ct);
        return new(published)
        {
            Files = await attachments.DescribeAsync([.. published.SelectMany(p => p.Attachments).Distinct()], ct),
            Aliases = await words.AliasesAsync(ct),
            Synonyms = await words.SynonymsAsync(ct),
            LifeEvents = await words.LifeEventsAsync(ct),
            Memory = await questions.MemoryAsync(QuestionsPerDocument, ct),
            Revisions = await policies.RevisionsAsync(ct),
        };
    }

    private async Task<IReadOnlyList<Policy>> ReadPoliciesAsync(CancellationToken ct)
    {
        if (_known.Count == 0)
        {
            var all = await policies.PublishedAsync(ct);
            _known = all.ToDictionary(p => p.Id, StringComparer.Ordinal);
            return all;
        }

        var stamps = await policies.StampsAsync(ct);
        string[] stale = [.. stamps.Where(s => !_known.TryGetValue(s.Id, out var known) || known.Version != s.Version).Select(s => s.Id)];
        var fresh = stale.Length == 0 ? [] : await policies.FindAsync(stale, ct);
        var kept = stamps.Where(s => _known.TryGetValue(s.Id, out var known) && known.Version == s.Version).Select(s => _known[s.Id]);
        Policy[] published = [.. kept.Concat(fresh).OrderBy(p => p.Id, StringComparer.Ordinal)];
        _known = published.ToDictionary(p => p.Id, StringComparer.Ordinal);
        return published;
    }

    [LoggerMessage(LogLevel.Information, "{Count} documents are in memory, indexed in {Milliseconds} ms")]
    private partial void LogRead(int count, int milliseconds);
}
