using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>爽约与差评: appeals against bans, and the bad ratings that must be called back.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent)]
public sealed class FollowUpPage(IBookingCare care, VisitMessages messages, AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/appointments/follow-up";

    // As citizens are told.
    private const int WorkingDays = 3;

    public override string Title => "爽约与差评";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    public AppointmentPlan Plan => plans.Current;

    public IReadOnlyList<Ban> Bans { get; private set; } = [];

    public IReadOnlyList<BadRating> Ratings { get; private set; } = [];

    public DateOnly DueOf(BadRating rating) => calendar.Current.AddWorkingDays(Beijing.DateOf(rating.RatedAt), WorkingDays);

    public bool IsLate(BadRating rating) => DueOf(rating) < Beijing.DateOf(clock.GetUtcNow());

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAnswerAsync(long ban, bool lift, [Required, StringLength(300)] string answer, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(answer))
            return Refuse("请填写答复，最多300个字。");
        if (Bans.FirstOrDefault(b => b.Id == ban) is not { } held)
            return GoTo(Path, "这个限制已经结束或撤销");
        return await care.AnswerAsync(ban, lift, answer.Trim(), Me,
            (to, appealedAt) => BanMessages.AppealAnswer(held, to, appealedAt, lift, answer.Trim(), clock.GetUtcNow()), ct)
            ? GoTo(Path, lift ? "已解除限制并告知市民" : "已答复市民，限制保留") : GoTo(Path, "已有人答复过，或者市民没有申诉");
    }

    public async Task<IActionResult> OnPostFollowAsync(long visit, [Required, StringLength(300)] string outcome, [StringLength(300)] string? reply, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(outcome))
            return Refuse("请填写回访结果；结果和回复各最多300个字。");
        var rating = Ratings.FirstOrDefault(r => r.Visit == visit);
        return rating is not null && await care.FollowUpAsync(visit, outcome.Trim(), Me,
            string.IsNullOrWhiteSpace(reply) ? null : to => messages.FollowedUp(rating, to, reply.Trim()), ct)
            ? GoTo(Path, string.IsNullOrWhiteSpace(reply) ? "回访已记录" : "回访已记录，回复已发给市民") : GoTo(Path, "已有人回访过了");
    }

    private async Task LoadAsync(CancellationToken ct) => (Bans, Ratings) = (await care.BansAsync(ct), await care.BadRatingsAsync(ct));
}
