namespace Bot.Data.Articles;

/// <summary>Whether what is public is kept current.</summary>
public interface IArticleWatch
{
    /// <returns>Each open column, when something was last published in it, and how much within its time.</returns>
    /// <param name="since">Articles first published before do not count for the share.</param>
    Task<IReadOnlyList<ColumnPulse>> PulseAsync(DateTimeOffset since, CancellationToken ct);

    /// <returns>Public articles that cease to hold before <paramref name="until"/>, soonest first.</returns>
    Task<IReadOnlyList<(long Id, string Title, DateOnly LapsesOn)>> LapsingAsync(DateOnly from, DateOnly until, CancellationToken ct);

    /// <returns>Id, body and named files of public articles, in order of id.</returns>
    /// <param name="after">The last id of the page before; 0 at first.</param>
    Task<IReadOnlyList<(long Id, string Body, IReadOnlyList<string> Files)>> BodiesAsync(long after, int limit, CancellationToken ct);

    /// <summary>Takes the place of all findings before.</summary>
    Task ReplaceFindingsAsync(IReadOnlyCollection<ArticleFinding> findings, CancellationToken ct);

    /// <returns>The first of them, and how many there are.</returns>
    Task<(IReadOnlyList<ArticleFinding> First, int All)> FindingsAsync(CancellationToken ct);
}

/// <param name="LastAt">Null when nothing was ever published in it.</param>
/// <param name="Dates">形成日期 and publication of each that names the former.</param>
public sealed record ColumnPulse(ArticleColumn Column, int Public, DateTimeOffset? LastAt, IReadOnlyList<(DateOnly MadeOn, DateTimeOffset FirstAt)> Dates);

public sealed record ArticleFinding(long Article, string Title, string Words, DateTimeOffset FoundAt);
