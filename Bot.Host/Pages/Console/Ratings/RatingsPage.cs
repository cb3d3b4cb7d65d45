using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Bot.Data.Cases;
using Bot.Data.Ratings;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>好差评: how cases, visits and look-ups were rated, and what became of the bad ones.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer, StaffRole.Counter, StaffRole.Auditor)]
public sealed class RatingsPage(IRatings ratings, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/ratings";

    private const int Size = 20;
    private const int UsualDays = 30;
    private const int MostDays = 400;

    public override string Title => "好差评";

    public override string Lead => "工单、办事和查询的评价；前三级为好评，后两级为差评，差评都要回访";

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public RatingSource? Source { get; set; }

    [BindProperty(SupportsGet = true)]
    public RatingGrouping By { get; set; }

    [BindProperty(SupportsGet = true)]
    public BadRatingView View { get; set; }

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int Number { get; set; } = 1;

    public RatingScope Scope { get; private set; } = null!;

    public IReadOnlyList<RatingFigure> Levels { get; private set; } = [];

    public IReadOnlyList<RatingFigure> Groups { get; private set; } = [];

    public IReadOnlyList<BadRatingRow> Bad { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    /// <summary>Whose ratings they are, by name: for who leads the office.</summary>
    public bool SeesPeople => Me.Is(StaffRole.Administrator);

    public bool Appeals => Me.Is(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer, StaffRole.Counter);

    public bool Decides => CaseRules.IsCentre(Me);

    public IEnumerable<(RatingGrouping By, string Name)> Groupings =>
        ((RatingGrouping, string)[])[(RatingGrouping.Department, "按部门"), (RatingGrouping.Service, "按事项"), .. SeesPeople ? [(RatingGrouping.Person, "按人员和窗口")] : ((RatingGrouping, string)[])[]];

    public static string Of(RatingSource source) => source switch { RatingSource.Case => "工单", RatingSource.Visit => "现场办事", RatingSource.Search => "政策查询" };

    public static string Rate(int part, int all) => all == 0 ? "—" : (100.0 * part / all).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + "%";

    public string Query(RatingGrouping by) => $"?from={Scope.From:yyyy-MM-dd}&to={Scope.To:yyyy-MM-dd}&source={Source}&by={by}&view={View}";

    public string Chart => JsonSerializer.Serialize(new
    {
        kind = "rows", labels = Enumerable.Range(1, 5).Reverse().Select(level => CaseWords.Level(level)),
        series = new[] { new { name = "评价", values = Enumerable.Range(1, 5).Reverse().Select(level => Count(level)) } },
    });

    public int Count(int level) => Levels.FirstOrDefault(l => l.Key == level.ToString(System.Globalization.CultureInfo.InvariantCulture))?.Ratings ?? 0;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    [Only(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer, StaffRole.Counter)]
    public async Task<IActionResult> OnPostAppealAsync(RatingSource source, long subject, string? reason, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return Refuse("请写明为什么是误评，最多 500 字。");
        return await ratings.AppealAsync(source, subject, reason.Trim(), Me, ct) ? GoTo(Path, "申诉已提交，由受理中心的其他同事核实") : Refuse("没有提交：这条评价已经申诉过，或不是本部门的。");
    }

    [Only(StaffRole.Administrator, StaffRole.Agent)]
    public async Task<IActionResult> OnPostDecideAsync(long appeal, bool upheld, string? answer, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (string.IsNullOrWhiteSpace(answer) || answer.Length > 500)
            return Refuse("请写明核实的情况，最多 500 字。");
        return await ratings.DecideAsync(appeal, upheld, answer.Trim(), Me, ct)
            ? GoTo(Path, upheld ? "申诉成立，这条评价不再计入" : "申诉不成立，评价保留")
            : Refuse("没有保存：已经有人核实过，或者申诉是您自己提的，要由其他同事核实。");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var today = Beijing.DateOf(clock.GetUtcNow());
        var to = Beijing.Meant(To) is { } last && last <= today.AddDays(1) ? last : today;
        var from = Beijing.Meant(From) is { } first && first <= to && first >= to.AddDays(-MostDays) ? first : to.AddDays(-UsualDays);
        Scope = new(from, to, Source);
        if (By is RatingGrouping.Person && !SeesPeople)
            By = RatingGrouping.Department;
        Number = Math.Clamp(Number, 1, 1000);
        var (figures, bad) = (ratings.ReadAsync(By, Scope, Me, ct), ratings.BadAsync(Scope, View, Me, Number, Size, ct));
        (Groups, Levels) = await figures;
        (Bad, var total) = await bad;
        List = Slice.Of(Request, Number, Size, total);
    }
}
