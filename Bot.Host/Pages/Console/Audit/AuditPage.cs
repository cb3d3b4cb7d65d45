using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>审计日志: who did what, and whether the log is whole.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Auditor)]
public sealed class AuditPage(IAuditTrail trail, IJobs jobs, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/audit";
    private const int Size = 50;

    public override string Title => "审计日志";

    public override string Lead => "每个人做过什么，按时间排列；只能追加，不能修改";

    [BindProperty(SupportsGet = true)]
    [StringLength(128)]
    public string? Actor { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(64)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(128)]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public long Before { get; set; }

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>Null: nobody ever asked for one.</summary>
    public AuditVerdictView? Verdict { get; private set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Verdict = await AuditVerdictView.FindAsync(jobs, trail, ct);
        if (!ModelState.IsValid)
            return;
        var found = await trail.ListAsync(new(Text(Actor), Text(Act), null, Text(Subject), Day(From), Day(To)?.AddDays(1), Math.Max(0, Before), Size), ct);
        Entries = [.. found.Take(Size)];
        Next = found.Count > Size ? Entries[^1].Id : null;
    }

    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken ct)
    {
        await jobs.KeepAsync(Bot.Handlers.Audit.AuditCheck.For(Me.Name, clock.GetUtcNow()), ct);
        return GoTo(Path, "已开始校验，校验通过与否稍后显示在本页");
    }

    /// <summary>What else an entry holds, in words.</summary>
    public static string Details(AuditEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Details);
        return json.RootElement.ValueKind is JsonValueKind.Object
            ? string.Join("；", json.RootElement.EnumerateObject().Select(p => (p.Name, Value: p.Value.ToString())).Where(p => p.Value.Length > 0)
                .Select(p => $"{ActNames.Of(p.Name)}：{(p.Name is "from" or "to" or "origin" or "status" ? ActNames.Of(p.Value) : Value(p.Value))}"))
            : entry.Details;
    }

    private static string Value(string text) => text switch
    {
        "true" => "是",
        "false" => "否",
        _ => string.Join("、", text.Split(',').Select(part => StaffRoles.Read(part) is { } role ? role.Shown : part)),
    };

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static DateTimeOffset? Day(DateOnly? day) => Beijing.Meant(day?.ToDateTime(TimeOnly.MinValue));
}
