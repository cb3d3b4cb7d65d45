using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Bot.WeChat;

namespace Bot.Tests.Participation;

/// <summary>Remembers what was submitted, once a citizen; everybody is let in but where it is told otherwise.</summary>
internal sealed class RememberedSurveys : ISurveys, ISurveyGate
{
    private readonly Dictionary<(long, OpenId), Guid> _answered = [];

    public List<SurveySubmission> Submitted { get; } = [];

    public PublishedSurvey? Ended { get; set; }

    public bool? Admits { get; set; } = true;

    public bool Full { get; set; }

    public bool Editable { get; set; }

    public Task<IReadOnlyList<PublishedSurvey>> PublishedAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<PublishedSurvey>>([]);

    public Task<IReadOnlyList<(long Id, string Title)>> ToldAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<(long, string)>>([]);

    public Task<PublishedSurvey?> FindAsync(long survey, CancellationToken ct) => Task.FromResult(Ended?.Survey.Id == survey ? Ended : null);

    public Task<SurveyStanding> StandingAsync(long survey, OpenId citizen, CancellationToken ct) =>
        Task.FromResult(new SurveyStanding(_answered.ContainsKey((survey, citizen)), Full));

    public Task<SurveySubmitted> SubmitAsync(SurveySubmission submission, CancellationToken ct)
    {
        if (!_answered.TryAdd((submission.Survey, submission.Citizen), submission.Run) && !Editable)
            return Task.FromResult(SurveySubmitted.AlreadyAnswered);
        Submitted.Add(submission);
        return Task.FromResult(Submitted.Count > 1 ? SurveySubmitted.Replaced : SurveySubmitted.Counted);
    }

    public Task EndAsync(long survey, CancellationToken ct) => Task.CompletedTask;

    public Task<bool?> AdmitsAsync(SurveyAudience audience, OpenId citizen, CancellationToken ct) => Task.FromResult(Admits);
}
