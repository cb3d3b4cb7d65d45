using Bot.Data.Privacy;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Handlers.Followers;

/// <summary>The tags that a citizen has at WeChat: given by the office, so the office takes them when it erases. What we note of them is another part's.</summary>
internal sealed class TagRecords(ITags tags) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => [];

    public Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<RecordSection>>([]);

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        var given = await tags.OfAsync(citizen, ct);
        if (!given.Ok)
            return Settled(given.Error);
        foreach (var tag in given.Value)
        {
            if (await tags.TakeAsync(tag, [citizen], ct) is { Ok: false, Error: { } error })
                Settled(error);
        }

        return given.Value.Count;
    }

    // Who does not follow has none, and an account that may not use tags gave none. Where WeChat is away the erasure comes again.
    private static int Settled(ApiError error) => error.Class is ErrorClass.NotSent or ErrorClass.OutcomeUnknown or ErrorClass.Backoff or ErrorClass.Retry
        ? throw new ErasureWaitsException($"WeChat did not say which tags a citizen has: {error.Code}") : 0;
}
