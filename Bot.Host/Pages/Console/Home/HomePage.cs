using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Host.Pages.Console.Home;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>工作台: what waits for me.</summary>
[StaffOnly]
public sealed partial class HomePage(IEnumerable<IDashboardSource> sources, TimeProvider clock, ILogger<HomePage> logger) : ConsolePage
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Title => $"{Greeting}，{Me.DisplayName}";

    public override string Lead => Beijing.DateOf(clock.GetUtcNow()) is var today ? $"今天是 {today:M月d日}，星期{"日一二三四五六"[(int)today.DayOfWeek]}" : "";

    [BindProperty(SupportsGet = true)]
    public int Days { get; set; } = 7;

    public IReadOnlyList<DashboardPart> Parts { get; private set; } = [];

    /// <summary>Something could not be read in time.</summary>
    public bool Incomplete { get; private set; }

    private string Greeting => clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Hour switch
    {
        < 5 => "夜深了",
        < 12 => "上午好",
        < 14 => "中午好",
        < 18 => "下午好",
        _ => "晚上好",
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        Days = Days == 30 ? 30 : 7;
        var person = Me;
        var parts = await Task.WhenAll(sources.Where(s => s.IsFor(person)).Select(s => ReadAsync(s, person, ct)));
        Parts = [.. parts.OfType<DashboardPart>()];
        Incomplete = Parts.Count < parts.Length;
    }

    public static string Json(DashboardChart chart) => JsonSerializer.Serialize(chart, s_json);

    // One topic that is slow or broken leaves the others readable.
    private async Task<DashboardPart?> ReadAsync(IDashboardSource source, StaffMember person, CancellationToken ct)
    {
        try
        {
            return await source.ReadAsync(person, Days, ct).WaitAsync(s_patience, clock, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(source.GetType().Name, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Source} has nothing for the dashboard: {Reason}")]
    private partial void LogFailed(string source, string reason);
}
