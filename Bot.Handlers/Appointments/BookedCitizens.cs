using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Appointments;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>Everyone booked in a hall on a day.</summary>
internal sealed class BookedCitizens(IBookingDesk desk, AppointmentPlans plans) : INoticeGroup
{
    public string Kind => "booked";

    public string Label => "已预约的市民";

    public async Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct) =>
    [
        .. (await desk.BookedDaysAsync(ct)).Select(d => new GroupChoice(
            string.Create(CultureInfo.InvariantCulture, $"{d.Branch}/{d.Day:yyyy-MM-dd}"), $"{plans.Current.Branch(d.Branch)?.Name} {d.Day.Month}月{d.Day.Day}日", d.Citizens)),
    ];

    public async IAsyncEnumerable<OpenId> MembersAsync(string choice, [EnumeratorCancellation] CancellationToken ct)
    {
        if (choice.Split('/') is not [var branch, var date] || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new NoticeGroupException("没有这一天的预约");
        foreach (var citizen in await desk.BookedAsync(branch, day, ct))
            yield return citizen;
    }
}
