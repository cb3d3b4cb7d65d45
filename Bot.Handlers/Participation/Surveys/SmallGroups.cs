namespace Bot.Handlers.Participation.Surveys;

/// <summary>Groups of fewer than five are not told, and neither is what they could be computed from.</summary>
public static class SmallGroups
{
    public const int Fewest = 5;

    /// <param name="parts">Whether everybody counts in one of them only: then what is hidden could be told from the sum, and more is hidden until it cannot.</param>
    /// <returns>Null for a count that is not told.</returns>
    public static long?[] Hide(IReadOnlyList<long> counts, bool parts)
    {
        var told = counts.Select(c => IsSmall(c) ? (long?)null : c).ToArray();
        if (!parts || !told.Contains(null))
            return told;
        // Five hidden of five are one each, unless some of them may be none.
        for (var i = 0; i < told.Length; i++)
            told[i] = told[i] == 0 ? null : told[i];
        while (IsWeak(told.Length, i => told[i], i => counts[i]) && HideNext(told.Length, i => told[i], i => told[i] = null))
        {
        }

        return told;
    }

    /// <summary>So that no row and no column has exactly one that is not told, or a few answers only.</summary>
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
                again |= IsWeak(columns, c => told[r, c], c => counts[r, c]) && HideNext(columns, c => told[r, c], c => told[r, c] = null);
            for (var c = 0; c < columns; c++)
                again |= IsWeak(rows, r => told[r, c], r => counts[r, c]) && HideNext(rows, r => told[r, c], r => told[r, c] = null);
        }

        return told;
    }

    private static bool IsSmall(long count) => count is > 0 and < Fewest;

    private static bool IsWeak(int length, Func<int, long?> told, Func<int, long> counts)
    {
        var hidden = Enumerable.Range(0, length).Where(i => told(i) is null).ToArray();
        return hidden.Length == 1 || (hidden.Length > 1 && hidden.Sum(counts) < Fewest);
    }

    private static bool HideNext(int length, Func<int, long?> told, Action<int> hide)
    {
        var next = Enumerable.Range(0, length).Where(i => told(i) > 0).OrderBy(i => told(i)).Select(i => (int?)i).FirstOrDefault();
        if (next is { } smallest)
            hide(smallest);
        return next is not null;
    }
}
