using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Bot.Data.Audit;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Authorization;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>Beside the pages: a notice's progress as it goes, and its outcomes to download.</summary>
internal static class NoticeEndpoints
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly StaffOnlyAttribute s_readers = new(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator, StaffRole.Auditor);
    private static readonly StaffOnlyAttribute s_makers = new(StaffRole.NoticeMaker, StaffRole.Administrator);
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    // A browser asks again by itself.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    // Whoever was signed out, or sat idle too long, reads no further.
    private static readonly TimeSpan s_looksAgain = TimeSpan.FromMinutes(1);

    public static void MapNoticeConsole(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup(NoticesPage.Path + "/{id}").RequireAuthorization((IAuthorizeData)s_readers).ExcludeFromDescription();
        one.MapGet("/progress", ProgressAsync);
        one.MapGet("/results.csv", (string id, RecipientStatus? status, HttpContext context, INotices notices, CancellationToken ct) =>
            DownloadAsync(id, context, notices, "text/csv", "csv", to => NoticeReport.WriteCsvAsync(to, notices, id, status, ct), ct));
        one.MapGet("/rejected.csv", async (string id, HttpContext context, INotices notices, CancellationToken ct) =>
        {
            var rejected = await notices.RejectedAsync(id, ct);
            return await DownloadAsync(id, context, notices, "text/csv", "csv", to => NoticeReport.WriteRejectedAsync(to, rejected, ct), ct);
        });
        app.MapGet(NewNoticePage.Path + "/example.csv", ExampleAsync).RequireAuthorization((IAuthorizeData)s_makers).ExcludeFromDescription();
        one.MapGet("/results.xlsx", async (string id, RecipientStatus? status, HttpContext context, INotices notices, CancellationToken ct) =>
            await SeenAsync(id, context, notices, ct) is { Recipients: > NoticeReport.MostInWorkbook }
                ? TypedResults.Redirect($"results.csv{context.Request.QueryString}")
                : await DownloadAsync(id, context, notices, Workbook, "xlsx", to => NoticeReport.WriteWorkbookAsync(to, notices, id, status, ct), ct));
    }

    private static async Task<IResult> ProgressAsync(
        string id, HttpContext context, INotices notices, IHostApplicationLifetime life, TimeProvider clock, CancellationToken ct)
    {
        if (await SeenAsync(id, context, notices, ct) is null)
            return TypedResults.NotFound();
        context.Response.Headers["X-Accel-Buffering"] = "no";                           // nginx passes each event on at once
        return TypedResults.ServerSentEvents(FollowAsync(id, context, notices, life, clock, ct));
    }

    // Ends with the server too: an open page must not hold up its stopping.
    private static async IAsyncEnumerable<SseItem<NoticeProgress>> FollowAsync(
        string id, HttpContext context, INotices notices, IHostApplicationLifetime life, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var began = clock.GetTimestamp();
        var looked = began;
        NoticeProgress? last = null;
        while (!either.IsCancellationRequested && clock.GetElapsedTime(began) < s_longest && await notices.FindAsync(id, CancellationToken.None) is { } notice)
        {
            if (clock.GetElapsedTime(looked) >= s_looksAgain)
            {
                if (!await StaffAuthentication.IsStillOpenAsync(context, CancellationToken.None))
                    yield break;
                looked = clock.GetTimestamp();
            }

            NoticeProgress now = new(notice.Standing(), notice.Counts);
            if (now != last)
                yield return new(now, "progress");
            last = now;
            await Task.Delay(s_every, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IResult> ExampleAsync(string? template, HttpContext context, INoticeTemplates templates, CancellationToken ct) =>
        await StaffAuthentication.SessionOfAsync(context) is { Member: var member } && (await templates.AllAsync(ct)).FirstOrDefault(t => t.Active && t.Code == template) is { Latest: var version } found
        && (member.Is(StaffRole.Administrator) || found.IsFor(member.Department))
            ? TypedResults.File(
                NoticeReport.Example(version, field => $"{NoticePreview.Label(version, field)}：{NoticeFieldWords.Rule(field)}"), "text/csv", $"{version.Title}-名单.csv")
            : TypedResults.NotFound();

    private static async Task<IResult> DownloadAsync(
        string id, HttpContext context, INotices notices, string type, string extension, Func<Stream, Task> write, CancellationToken ct)
    {
        if (await SeenAsync(id, context, notices, ct) is not { } notice || await StaffAuthentication.SessionOfAsync(context) is not { Member: var member })
            return TypedResults.NotFound();
        // Whose openids left the house, and by whom.
        await context.RequestServices.GetRequiredService<IAuditLog>().WriteAsync(new(member.Name, "notice.export", "notice", notice.Id)
        {
            Details = new Dictionary<string, string?> { ["format"] = extension, ["count"] = notice.Recipients.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        return TypedResults.Stream(write, type, $"{notice.TemplateTitle}-{notice.Id}.{extension}");
    }

    private static async Task<Notice?> SeenAsync(string id, HttpContext context, INotices notices, CancellationToken ct) =>
        await StaffAuthentication.SessionOfAsync(context) is { Member: var member } && await notices.FindAsync(id, ct) is { } notice && member.Sees(notice)
            ? notice : null;

    private sealed record NoticeProgress(string Status, NoticeCounts Counts);
}
