using System.Runtime.CompilerServices;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>Citizens who were served in a hall within half a year.</summary>
internal sealed class BranchVisitors(IBookingDesk desk, AppointmentPlans plans, TimeProvider clock) : INoticeGroup
{
    private const int Days = 180;

    public string Kind => "visited";

    public string Label => "半年内在大厅办过事的市民";

    public Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<GroupChoice>>([.. plans.Current.Branches.Select(b => new GroupChoice(b.Code, b.Name))]);

    public bool IsFor(StaffMember clerk, string choice) => plans.Current.Branch(choice) is { } hall && HallScope.MaySee(clerk, hall);

    public async IAsyncEnumerable<OpenId> MembersAsync(string choice, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var citizen in await desk.VisitedAsync(choice, Since, null, ct))
            yield return citizen;
    }

    public async Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct) => (await desk.VisitedAsync(choice, Since, citizen, ct)).Count > 0;

    private DateOnly Since => Beijing.DateOf(clock.GetUtcNow()).AddDays(-Days);
}
