using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Messages;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>What waits for makers and approvers of notices, and what holds notices up.</summary>
internal sealed class NoticeDashboard(INotices notices, INoticeQueue queue, IMessageTemplates uses, StaffNames names) : IDashboardSource
{
    private const int Rows = 6;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        List<DashboardList> lists = [];
        var mineOnly = !person.SeesAllNotices();
        NoticeFilter Visible(NoticeStatus? status) => new(status, Limit: Rows, Maker: mineOnly ? person.Name : null, Department: mineOnly ? person.Department : null);
        var paused = await notices.ListAsync(Visible(NoticeStatus.Paused), ct);
        var underWay = (await notices.ListAsync(Visible(NoticeStatus.Sending), ct)).Concat(await notices.ListAsync(Visible(NoticeStatus.Scheduled), ct)).Take(Rows).ToArray();
        if (await queue.GateAsync(ct) is { } gate)
            lists.Add(new("微信暂时不让发送", NoticesPage.Path, [new($"{gate.Words}（{gate.Code}）", NoticesPage.Path, $"{Moments.Full(gate.Until)} 后继续", Tone.Bad)], ""));
        if (person.Is(StaffRole.Administrator) && await UnsentAsync(ct) is { Length: > 0 } unsent)
            lists.Add(new("自动消息还不能用模板发送", MessagesPage.Path, unsent, ""));
        if (await notices.ListAsync(Visible(null) with { Unclear = true }, ct) is { Count: > 0 } unclear)
            lists.Add(new("有待核实的通知", NoticesPage.Path, [.. unclear.Select(n => new DashboardRow(
                $"{n.TemplateTitle}，{n.Recipients:N0} 人", $"{NoticePage.Of(n.Id)}?status={RecipientStatus.Parked}#results", $"{n.Unclear:N0} 位待核实", Tone.Warn))], ""));
        if (paused.Count > 0)
            lists.Add(new("暂停的通知", $"{NoticesPage.Path}?status={NoticeStatus.Paused}",
                [.. paused.Select(n => new DashboardRow($"{n.TemplateTitle}，{n.Recipients:N0} 人", NoticePage.Of(n.Id), n.Reason, Tone.Warn))], ""));
        if (underWay.Length > 0)
            lists.Add(new("发送中和待发送的通知", $"{NoticesPage.Path}?status={NoticeStatus.Sending}", [.. underWay.Select(Way)], ""));
        if (person.Is(StaffRole.NoticeApprover, StaffRole.Administrator))
        {
            // Nobody approves their own.
            var waiting = (await notices.ListAsync(new NoticeFilter(NoticeStatus.Submitted, Limit: Rows * 3), ct)).Where(n => n.MadeBy != person.Name).Take(Rows);
            lists.Add(await ListAsync("待我审核的通知", NoticeStatus.Submitted, waiting, "没有等您审核的通知。"));
        }

        if (person.Is(StaffRole.NoticeMaker))
        {
            var mine = await notices.ListAsync(new NoticeFilter(NoticeStatus.Draft, Limit: Rows, Maker: person.Name, Department: person.Department), ct);
            lists.Add(await ListAsync("通知草稿", NoticeStatus.Draft, mine, "没有草稿。"));
        }

        return new() { Lists = lists };
    }

    private async Task<DashboardRow[]> UnsentAsync(CancellationToken ct)
    {
        var all = await uses.AllAsync(ct);
        return [.. MessageKind.All
            .Select(kind => (Kind: kind, Why: all.FirstOrDefault(use => use.Code == kind.Code) is { } use ? MessageFit.Problem(kind, use) is null ? null : "字段要重新对应" : "没有模板"))
            .Where(row => row.Why is not null)
            .Select(row => new DashboardRow(row.Kind.Title, MessagesPage.Of(row.Kind.Code), row.Why!, Tone.Warn))];
    }

    private static DashboardRow Way(Notice n) => new(
        $"{n.TemplateTitle}，{n.Recipients:N0} 人", NoticePage.Of(n.Id),
        n.Status is NoticeStatus.Scheduled && n.ScheduledAt is { } at ? $"{Moments.Full(at)} 发送" : $"已处理 {(n.Counts.Total == 0 ? 0 : 100L * (n.Counts.Total - n.Counts.Queued) / n.Counts.Total)}%", Tone.Info);

    private async Task<DashboardList> ListAsync(string title, NoticeStatus status, IEnumerable<Notice> found, string empty)
    {
        List<DashboardRow> rows = [];
        foreach (var n in found)
            rows.Add(new($"{n.TemplateTitle}，{n.Recipients:N0} 人", NoticePage.Of(n.Id), n.Reason.Length > 0 ? "被退回" : await names.OfAsync(n.MadeBy), n.Reason.Length > 0 ? Tone.Warn : Tone.Plain));
        return new(title, $"{NoticesPage.Path}?status={status}", rows, empty);
    }
}
