namespace Bot.Data.Surveys;

/// <summary>A survey or poll, without its questions.</summary>
/// <param name="Id">0 for a new one.</param>
/// <param name="Keyword">Typed in the chat to begin; null for none.</param>
/// <param name="Editable">An answer may be changed until the survey closes; never when anonymous.</param>
/// <param name="Quota">At most so many answers; null for any number.</param>
/// <param name="Version">The newest that was published; 0 for none.</param>
/// <param name="Revision">Counts changes: who saves over a newer one is told.</param>
public sealed record Survey(
    long Id, string Title, string Intro, string? Keyword, bool Anonymous, bool Editable, SurveyAudience Audience, DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt, int? Quota, int Version, DateTimeOffset? EndedAt, DateTimeOffset? ResultsPublicAt, string MadeBy, int Revision)
{
    public const int LongestTitle = 60;
    public const int LongestIntro = 300;
    public const int LongestKeyword = 20;

    public SurveyState StateAt(DateTimeOffset now) =>
        Version == 0 ? SurveyState.Draft
        : EndedAt is not null || now >= ClosesAt ? SurveyState.Closed
        : now < OpensAt ? SurveyState.Waiting
        : SurveyState.Open;
}

/// <param name="Kind">all, or a kind of notice group: tag, topic, visited.</param>
/// <param name="Choice">Which one of it; empty for all.</param>
/// <param name="Words">For people, such as 标签“老年人”.</param>
public sealed record SurveyAudience(string Kind, string Choice, string Words)
{
    public const string Everyone = "all";

    public static SurveyAudience All { get; } = new(Everyone, "", "");
}

public enum SurveyState
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>Published; its first day is still to come.</summary>
    Waiting,
    Open,
    Closed,
}

/// <summary>The questions of a survey as they were published: final.</summary>
public sealed record SurveyVersion(long Survey, int Version, IReadOnlyList<SurveyQuestion> Questions, DateTimeOffset PublishedAt);
