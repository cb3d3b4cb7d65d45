using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Handlers.Conversation;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Messages;

/// <summary>Gives the numbers in a message that we sent their meaning.</summary>
public sealed class PromptShower(IPrompts prompts, IScreens screens, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    public string Kind => IPrompts.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await prompts.OnAsync(job.Key, ct) is not { } screen)
            return JobOutcome.Finished;
        if (screen.SentAt is not { } sent)
            return new JobOutcome.Again(clock.GetUtcNow() + Pause(clock.GetUtcNow() - screen.Since));
        var choices = screen.Choices ?? JsonSerializer.Deserialize<string[]>(job.Data) ?? [];
        return await screens.ShowAsync(screen.Citizen, [.. choices], sent, job.Key, ct) ? JobOutcome.Finished : new JobOutcome.Again(clock.GetUtcNow() + s_again);
    }

    // Its sending wakes this job. A message that waits for the platform for long is not asked after every second.
    private static TimeSpan Pause(TimeSpan waited) => waited / 4 < s_soon ? s_soon : waited / 4 > s_later ? s_later : waited / 4;
}
