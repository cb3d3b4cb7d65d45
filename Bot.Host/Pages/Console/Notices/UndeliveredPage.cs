using System.ComponentModel.DataAnnotations;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>未送达消息: what our processes could not tell a citizen by any way.</summary>
// Answers to complaints, fees and decisions are among them, of every department: for those who see every case.
[StaffOnly(StaffRole.Agent, StaffRole.Administrator)]
public sealed class UndeliveredPage(ICitizenMessages messages) : ConsolePage
{
    public const string Path = "/console/undelivered";

    private const int Rows = 50;

    public override string Title => "未送达消息";

    public override string Lead => "工单进度、预约提醒等自动消息，试过客服消息、模板消息和订阅通知仍没有送到的，可以改用电话联系。";

    [BindProperty(SupportsGet = true), Range(0, long.MaxValue)]
    public long Before { get; set; }

    public IReadOnlyList<CitizenMessage> Found { get; private set; } = [];

    public long? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = await messages.UndeliveredAsync(ModelState.IsValid ? Before : 0, Rows + 1, ct);
        (Found, Next) = ([.. found.Take(Rows)], found.Count > Rows ? found[Rows - 1].Id : null);
    }
}
