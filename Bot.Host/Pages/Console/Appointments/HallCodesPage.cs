using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Host.Endpoints;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>大厅二维码: to print and hang up; one checks in, the other books.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class HallCodesPage(AppointmentPlans plans, IQrCodes codes) : ConsolePage
{
    public override string Title => $"{Hall.Name} 二维码";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path), new("大厅与规则", HallsPage.Path)];

    public Branch Hall { get; private set; } = null!;

    /// <summary>The pictures as data addresses; null when the platform gave none.</summary>
    public string? CheckIn { get; private set; }

    public string? Book { get; private set; }

    public static string PathOf(string branch) => $"{HallsPage.Path}/{branch}/codes";

    public async Task<IActionResult> OnGetAsync(string branch, CancellationToken ct)
    {
        if (plans.Current.Branch(branch) is not { } hall)
            return NotFound();
        Hall = hall;
        (CheckIn, Book) = (await PictureAsync($"checkin_{branch}", ct), await PictureAsync($"branch_{branch}", ct));
        return Page();
    }

    // Permanent, and always the same one: what hangs in the hall goes on being right.
    private async Task<string?> PictureAsync(string scene, CancellationToken ct) =>
        await codes.CreateAsync(QrScene.Permanent(scene), ct) is { Value: { } ticket } ? $"data:image/png;base64,{Convert.ToBase64String(Tickets.Picture(ticket.Url))}" : null;
}
