using System.Globalization;
using Bot.Data.Jobs;
using Bot.Data.Surveys;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>Ends a survey at its time.</summary>
internal sealed class SurveyEnding(ISurveys surveys, TimeProvider clock) : IJobHandler
{
    public string Kind => ISurveys.EndJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await surveys.FindAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is not { Survey: { EndedAt: null } survey })
            return JobOutcome.Finished;
        if (survey.ClosesAt > clock.GetUtcNow())
            return new JobOutcome.Again(survey.ClosesAt);
        await surveys.EndAsync(survey.Id, ct);
        return JobOutcome.Finished;
    }
}
