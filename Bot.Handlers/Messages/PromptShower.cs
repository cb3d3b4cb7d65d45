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

    public string Kind => IPrompts.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await prompts.ToAsync(job.Key, ct) is not { } citizen)
            return JobOutcome.Finished;
        var choices = JsonSerializer.Deserialize<string[]>(job.Data) ?? [];
        return await screens.ShowAsync(citizen, [.. choices], job.Key, ct) ? JobOutcome.Finished : new JobOutcome.Again(clock.GetUtcNow() + s_again);
    }
}
