using Bot.Data.Cases;

namespace Bot.Bench.Pages;

/// <summary>What is measured: every list of the console, and of the cases each view in each order, with the filters that leave few.</summary>
internal static class PagesLists
{
    public static IEnumerable<string> Cases { get; } =
    [
        .. from view in Enum.GetValues<CaseView>() from order in Enum.GetValues<CaseOrder>() select $"/console/cases?view={view}&sort={order}",
        .. from order in Enum.GetValues<CaseOrder>() from filter in (string[])["kind=Praise", "kind=Disclosure", "kind=Report", "state=Refused", "state=Withdrawn", "state=Handling", "category=noise", "department=renshe"]
            select $"/console/cases?view=All&sort={order}&{filter}",
    ];

    public static IEnumerable<string> All(DateOnly today, string hall) =>
    [
        "/console", "/console?days=30", "/console/cases", .. Cases, "/console/cases/statistics",
        $"/console/cases/statistics?from={today.AddDays(-364):yyyy-MM-dd}&to={today:yyyy-MM-dd}", "/console/disclosures", "/console/ratings",
        "/console/appointments", $"/console/appointments/day?branch={hall}&day={today.AddDays(1):yyyy-MM-dd}", "/console/appointments/follow-up", "/console/closures", "/console/desk",
        "/console/notices", "/console/notices?status=Paused", "/console/notices?origin=Console", $"/console/notices/N{new string('0', 20)}", "/console/undelivered",
        "/console/followers", "/console/followers?scene=svc_1", "/console/followers?scene=poster_7", "/console/followers?scene=nobody",
        "/console/conversations", "/console/policies", "/console/policies/misses", "/console/articles", "/console/surveys", "/console/consultations",
        "/console/keywords", "/console/sensitive-words", "/console/people", "/console/api-keys", "/console/audit",
        "/console/jobs", "/console/jobs?status=Waiting", "/console/jobs?status=Parked", "/console/jobs?status=Done", "/console/jobs?status=Cancelled", "/console/jobs?kind=retention",
        "/console/jobs?kind=case.clock&status=Cancelled", "/console/settings", "/console/status",
    ];
}
