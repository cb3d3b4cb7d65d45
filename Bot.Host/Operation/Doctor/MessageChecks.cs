using System.Runtime.CompilerServices;
using Bot.Data.Notices;
using Bot.Handlers.Messages;

namespace Bot.Host.Operation.Doctor;

/// <summary>Whether the messages that the bot sends by itself reach citizens who wrote nothing for two days.</summary>
internal sealed class MessageChecks(IMessageTemplates uses) : IDoctorCheck
{
    private const string Name = "自动消息的模板";

    public async IAsyncEnumerable<DoctorLine> RunAsync([EnumeratorCancellation] CancellationToken ct)
    {
        yield return await LookAsync(ct);
    }

    private async Task<DoctorLine> LookAsync(CancellationToken ct)
    {
        IReadOnlyList<MessageTemplate> all;
        try
        {
            all = await uses.AllAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return DoctorLine.Skipped(Name, "数据库连不上，或还没有建表");
        }

        string[] missing =
        [
            .. MessageKind.All
                .Select(kind => (kind, Why: all.FirstOrDefault(use => use.Code == kind.Code) is { } use ? MessageFit.Problem(kind, use) : "没有模板"))
                .Where(row => row.Why is not null).Select(row => $"{row.kind.Title}（{row.kind.Code}：{row.Why}）"),
        ];
        return missing.Length == 0
            ? DoctorLine.Well(Name, $"{MessageKind.All.Count} 种都可以发送")
            : DoctorLine.Doubtful(Name, string.Join('，', missing), "在管理台 通知 → 通知模板 → 自动消息 里选定模板并对应字段；不选定的，市民超过48小时没有说话就收不到");
    }
}
