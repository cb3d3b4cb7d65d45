using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices.Groups;

namespace Bot.Handlers.Notices;

/// <summary>
/// A notice for a group starts: days may have passed since its draft, so its members are asked for once more. When they cannot be told it is paused, and resuming it
/// tries again.
/// </summary>
public sealed class NoticeGatheringJob(INoticeGathering gathering, INotices notices, IEnumerable<INoticeGroup> groups) : IJobHandler
{
    private const int Tries = 3;
    private const string Actor = "system:notice";

    public string Kind => INoticeGathering.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await gathering.WaitsForAsync(job.Key, ct) is not { } waits)
            return JobOutcome.Finished;
        try
        {
            var group = groups.FirstOrDefault(g => g.Kind == waits.Kind) ?? throw new NoticeGroupException("这一类收件人已不再提供");
            await gathering.GatherAsync(job.Key, group.MembersAsync(waits.Choice, ct), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && job.Attempts >= Tries)
        {
            var why = e is NoticeGroupException ? e.Message : "名单没有收集完成";
            await notices.PauseAsync(job.Key, Actor, $"发送前没有取得最新名单：{why}。还没有发给任何人；点“继续”再取一次，不需要再发请取消", ct);
        }

        return JobOutcome.Finished;
    }
}
