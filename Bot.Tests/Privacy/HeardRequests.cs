using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Tests.Privacy;

/// <summary>Notes who wants to be forgotten.</summary>
internal sealed class HeardRequests : IPrivacyRequests
{
    public List<DateTimeOffset> Erased { get; } = [];

    public Task<long> AskEraseAsync(OpenId citizen, string askedBy, string? reason, DateTimeOffset dueAt, CancellationToken ct)
    {
        Erased.Add(dueAt);
        return Task.FromResult(7L);
    }

    public Task<string> AskExportAsync(OpenId citizen, string askedBy, DateTimeOffset lapsesAt, CancellationToken ct) => Task.FromResult("KEY");

    public Task<int?> EraseAsync(long request, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordSection>?> ExportAsync(string key, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, string askedBy, string? reason, CancellationToken ct) => throw new NotSupportedException();
}
