using Bot.WeChat;

namespace Bot.Data.Surveys;

/// <summary>Surveys as citizens meet them.</summary>
public interface ISurveys
{
    /// <summary>Kind of the job that ends a survey at its time; the key is the survey's id.</summary>
    public const string EndJob = "survey.end";

    /// <summary>Those that were published and have not ended, each with all its versions, the last made first; then those that ended in the last 90 days, for whoever still types their keyword.</summary>
    Task<IReadOnlyList<PublishedSurvey>> PublishedAsync(CancellationToken ct);

    /// <summary>Those closed whose results are public, the last told first; at most 100.</summary>
    Task<IReadOnlyList<(long Id, string Title)>> ToldAsync(CancellationToken ct);

    /// <summary>Null for one that was never published.</summary>
    Task<PublishedSurvey?> FindAsync(long survey, CancellationToken ct);

    Task<SurveyStanding> StandingAsync(long survey, OpenId citizen, CancellationToken ct);

    /// <summary>Counts once for a citizen, whoever sends it how often; the same run gets the same result.</summary>
    Task<SurveySubmitted> SubmitAsync(SurveySubmission submission, CancellationToken ct);

    /// <summary>Takes out of the box what is left in it, and forgets who has answered.</summary>
    Task EndAsync(long survey, CancellationToken ct);
}

/// <param name="Versions">From the first.</param>
public sealed record PublishedSurvey(Survey Survey, IReadOnlyList<SurveyVersion> Versions)
{
    public SurveyVersion Latest => Versions[^1];
}

/// <param name="Full">The quota is used up.</param>
public readonly record struct SurveyStanding(bool Answered, bool Full);

/// <param name="Version">That the citizen was asked.</param>
public sealed record SurveySubmission(long Survey, int Version, OpenId Citizen, Guid Run, SurveyReplies Replies);

public enum SurveySubmitted
{
    Counted,

    /// <summary>In place of this citizen's earlier answer.</summary>
    Replaced,
    AlreadyAnswered,
    NotOpen,

    /// <summary>The quota is used up.</summary>
    Full,
}
