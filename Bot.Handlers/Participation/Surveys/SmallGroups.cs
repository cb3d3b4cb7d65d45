namespace Bot.Handlers.Participation.Surveys;

/// <summary>Groups of fewer than five are not told, and neither is what they could be computed from.</summary>
public static class SmallGroups
{
    public const int Fewest = 5;

    /// <param name="parts">Whether everybody counts in one of them only: then one hidden group could be told from the sum, and the next smallest is hidden, too.</param>
    /// <returns>Null for a count that is not told.</returns>
    public static long?[] Hide(IReadOnlyList<long> counts, bool parts)
    {
        var told = counts.Select(c => IsSmall(c) ? (long?)null : c).ToArray();
        if (parts && told.Count(t => t is null) == 1)
            HideNext(told.Length, i => told[i], i => told[i] = null);
        return told;
    }

    /// <summary>So that no row and no column has exactly one that is not told.</summary>
    public static long?[,] Hide(long[,] counts)
    {
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        var told = new long?[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                told[r, c] = IsSmall(counts[r, c]) ? null : counts[r, c];
        }

        for (var again = true; again;)
        {
            again = false;
            for (var r = 0; r < rows; r++)
                again |= Alone(columns, c => told[r, c]) && HideNext(columns, c => told[r, c], c => told[r, c] = null);
            for (var c = 0; c < columns; c++)
                again |= Alone(rows, r => told[r, c]) && HideNext(rows, r => told[r, c], r => told[r, c] = null);
        }

        return told;
    }

    private static bool IsSmall(long count) => count is > 0 and < Fewest;

    private static bool Alone(int length, Func<int, long?> told) => Enumerable.Range(0, length).Count(i => told(i) is null) == 1;

    private static bool HideNext(int length, Func<int, long?> told, Action<int> hide)
    {
        var next = Enumerable.Range(0, length).Where(i => told(i) > 0).OrderBy(i => told(i)).Select(i => (int?)i).FirstOrDefault();
        if (next is { } smallest)
            hide(smallest);
        return next is not null;
    }
}
