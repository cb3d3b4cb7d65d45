using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>Everyone booked in a hall on a day, or those of one service.</summary>
internal sealed class BookedCitizens(IBookingDesk desk, AppointmentPlans plans) : INoticeGroup
{
    public string Kind => "booked";

    public string Label => "已预约的市民";

    public async Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct) =>
    [
        .. (await desk.BookedDaysAsync(ct)).Select(d => new GroupChoice(
            string.Create(CultureInfo.InvariantCulture, $"{d.Branch}/{d.Day:yyyy-MM-dd}{(d.Service is { } service ? $"/{service}" : "")}"), Words(d), d.Citizens)),
    ];

    public bool IsFor(StaffMember clerk, string choice) => plans.Current.Branch(choice.Split('/')[0]) is { } hall && HallScope.MaySee(clerk, hall);

    public async IAsyncEnumerable<OpenId> MembersAsync(string choice, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var citizen in await BookedAsync(choice, ct))
            yield return citizen;
    }

    public async Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct) => (await BookedAsync(choice, ct)).Contains(citizen);

    private Task<IReadOnlyList<OpenId>> BookedAsync(string choice, CancellationToken ct)
    {
        if (choice.Split('/') is not [var branch, var date, .. var service] || service.Length > 1 || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new NoticeGroupException("没有这一天的预约");
        return desk.BookedAsync(branch, day, service.FirstOrDefault(), ct);
    }

    private string Words(BookedDay booked) =>
        $"{plans.Current.Branch(booked.Branch)?.Name} {booked.Day.Month}月{booked.Day.Day}日{(booked.Service is { } code ? $" {plans.Current.Service(code)?.Name ?? code}" : " 全部事项")}";
}
