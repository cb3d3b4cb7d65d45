namespace Bot.Handlers.Policies.Search;

/// <summary>BM25's weight of a term by how many of all units have it: the more, the less.</summary>
internal sealed class RarityTable
{
    // A logarithm for each gram of each question would be an eighth of a search.
    private const int Kept = 4096;

    private readonly int _all;
    private readonly float[] _kept;

    public RarityTable(int all)
    {
        _all = all;
        _kept = [.. Enumerable.Range(0, Math.Min(all + 1, Kept)).Select(Reckon)];
    }

    /// <param name="having">0 to all; a term that nothing has weighs nothing.</param>
    public float Of(int having) => having < _kept.Length ? _kept[having] : Reckon(having);

    private float Reckon(int having) => having <= 0 ? 0 : MathF.Log(1 + (_all - having + 0.5f) / (having + 0.5f));
}
