namespace Bot.Handlers.Policies;

/// <summary>The published documents in memory, with their index; swapped whole when content changes, so that no answer waits.</summary>
public sealed class PolicyLibrary
{
    private volatile Shelf _shelf = Shelf.Empty;

    public Shelf Shelf => _shelf;

    /// <summary>What did not change since the last time, by reference, costs nothing. For one caller at a time.</summary>
    public void Replace(ShelfContent content) => _shelf = Shelf.Of(content, _shelf);

    /// <param name="ids">Most read first.</param>
    public void RankHot(IReadOnlyList<string> ids) => _shelf = _shelf with { Hot = [.. ids] };
}
