using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>爽约与差评: appeals against bans, and the bad ratings that must be called back.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent)]
public sealed class FollowUpPage(IBookingCare care, AppointmentPlans plans) : ConsolePage
{
    public const string Path = "/console/appointments/follow-up";

    public override string Title => "爽约与差评";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    public AppointmentPlan Plan => plans.Current;

    public IReadOnlyList<Ban> Bans { get; private set; } = [];

    public IReadOnlyList<BadRating> Ratings { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAnswerAsync(long ban, bool lift, [Required, StringLength(300)] string answer, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(answer))
            return Refuse("请填写答复，最多300个字。");
        return await care.AnswerAsync(ban, lift, answer.Trim(), Me, (to, appealedAt) => BookingMessages.AppealAnswer(ban, to, appealedAt, lift, answer.Trim()), ct)
            ? GoTo(Path, lift ? "已解除限制并告知市民" : "已答复市民，限制保留") : GoTo(Path, "已有人答复过了");
    }

    public async Task<IActionResult> OnPostFollowAsync(long visit, [Required, StringLength(300)] string outcome, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(outcome))
            return Refuse("请填写回访结果，最多300个字。");
        return await care.FollowUpAsync(visit, outcome.Trim(), Me, ct) ? GoTo(Path, "回访已记录") : GoTo(Path, "已有人回访过了");
    }

    private async Task LoadAsync(CancellationToken ct) => (Bans, Ratings) = (await care.BansAsync(ct), await care.BadRatingsAsync(ct));
}
