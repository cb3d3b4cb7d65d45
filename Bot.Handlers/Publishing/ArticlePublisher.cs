using System.Text.Json;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Publishing;

/// <summary>Makes a signed article public at its time.</summary>
public sealed class ArticlePublisher(IArticleDesk desk) : IJobHandler
{
    public string Kind => ArticleJobs.Publish;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var due = JsonSerializer.Deserialize<Due>(job.Data, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"Job {job.Id} names no article");
        await desk.PublishAsync(due.Article, due.Version, ct);
        return JobOutcome.Finished;         // returned or recalled meanwhile: nothing to do
    }

    private sealed record Due(long Article, int Version);
}
