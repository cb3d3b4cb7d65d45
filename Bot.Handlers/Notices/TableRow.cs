namespace Bot.Handlers.Notices;

/// <summary>A row of a file, the one that names the columns first.</summary>
/// <param name="Problem">Why its cells are not to be trusted, in words; null when they are.</param>
internal readonly record struct TableRow(IReadOnlyList<string> Cells, string? Problem = null);
