using Bot.Data.Staff;

namespace Bot.Data.Surveys;

/// <summary>Surveys as staff make them.</summary>
public interface ISurveyDesk
{
    /// <summary>The last made first.</summary>
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<SurveyRow> Rows, int Total)> ListAsync(string text, int page, int size, CancellationToken ct);

    Task<SurveyDraft?> FindAsync(long id, CancellationToken ct);

    /// <param name="survey">Id 0: a new one, its revision is not looked at.</param>
    Task<SurveySaved> SaveAsync(Survey survey, StaffMember by, CancellationToken ct);

    Task<SurveySaved> SaveQuestionsAsync(long id, int revision, IReadOnlyList<SurveyQuestion> questions, StaffMember by, CancellationToken ct);

    /// <summary>What is being written becomes a new version: answers given from now on go to it.</summary>
    Task<SurveySaved> PublishAsync(long id, int revision, StaffMember by, CancellationToken ct);

    /// <summary>Before its time, for good.</summary>
    Task<SurveySaved> EndAsync(long id, StaffMember by, CancellationToken ct);

    Task<SurveySaved> ShowResultsAsync(long id, bool shown, StaffMember by, CancellationToken ct);

    /// <summary>Of what was never published.</summary>
    Task<SurveySaved> DeleteAsync(long id, StaffMember by, CancellationToken ct);
}

/// <param name="Answers">Those in the box among them.</param>
public sealed record SurveyRow(Survey Survey, long Answers);

/// <param name="Questions">As they are being written.</param>
/// <param name="Published">The newest version; null for none.</param>
public sealed record SurveyDraft(Survey Survey, IReadOnlyList<SurveyQuestion> Questions, SurveyVersion? Published);

public abstract record SurveySaved
{
    private SurveySaved()
    {
    }

    public sealed record Saved(long Id) : SurveySaved;

    public sealed record KeywordTaken : SurveySaved;

    /// <summary>More have answered already.</summary>
    public sealed record QuotaTaken : SurveySaved;

    /// <summary>Somebody else was quicker, or its state does not allow it any more.</summary>
    public sealed record ChangedMeanwhile : SurveySaved;
}
