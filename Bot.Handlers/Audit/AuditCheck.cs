using System.Globalization;
using System.Text.Json;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Audit;

/// <summary>Computes the audit log's chain again when somebody asks, however long it is. The verdict is an act of theirs, and stands in the log.</summary>
public sealed class AuditCheck(IAuditTrail trail, IAuditLog log) : IJobHandler
{
    public const string JobKind = "audit.verify";
    public const string Act = "audit.verify";

    public string Kind => JobKind;

    /// <summary>One at a time, however many ask while it runs.</summary>
    public static NewJob For(string actor, DateTimeOffset now) => new(JobKind, "chain", JsonSerializer.Serialize(actor), now);

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var verdict = await trail.VerifyAsync(ct);
        await log.WriteAsync(new(JsonSerializer.Deserialize<string>(job.Data)!, Act, "audit", "chain")
        {
            Details = new Dictionary<string, string?>
            {
                ["sealed"] = Number(verdict.Sealed), ["broken_at"] = verdict.BrokenAt is { } broken ? Number(broken) : null,
                ["outside"] = verdict.Outside > 0 ? Number(verdict.Outside) : null, ["hash"] = verdict.Hash,
            },
        }, ct);
        return JobOutcome.Finished;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
