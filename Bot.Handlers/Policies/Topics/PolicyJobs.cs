using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Policies;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Policies.Topics;

/// <summary>Publishes what was issued for later.</summary>
public sealed class PolicyPublisher(IPolicyDrafts drafts) : IJobHandler
{
    public string Kind => PolicyNews.PublishJobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // Called back meanwhile, or published already: nothing is to do.
        await drafts.PublishDueAsync(JsonSerializer.Deserialize<string>(job.Data)!, ct);
        return JobOutcome.Finished;
    }
}

/// <summary>Each morning: what lapsed today is told, what was kept long enough is forgotten.</summary>
public sealed class PolicyDay(IPolicyDays days, IPolicyQuestions questions, IAttachments attachments, TimeProvider clock) : IJobHandler
{
    /// <summary>The only job of its kind.</summary>
    public const string Only = "daily";

    private static readonly TimeOnly s_morning = new(8, 30);
    private static readonly TimeSpan s_questionsKept = TimeSpan.FromDays(365);

    public string Kind => IPolicyDays.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = Beijing.DateOf(now);
        await days.TellLapsedAsync(today, ct);
        await questions.ForgetAsync(now - s_questionsKept, ct);
        await attachments.SweepAsync(ct);
        return new JobOutcome.Again(new DateTimeOffset(today.AddDays(1), s_morning, Beijing.Offset));
    }
}
