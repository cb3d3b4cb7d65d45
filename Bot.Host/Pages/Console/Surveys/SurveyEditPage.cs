using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers;
using Bot.Handlers.Keywords;
using Bot.Handlers.Notices.Groups;
using Bot.Handlers.Routing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>A survey's head: name, dates, whom it is for.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveyEditPage(ISurveyDesk desk, IEnumerable<INoticeGroup> groups, KeywordRules keywords, TimeProvider clock) : ConsolePage
{
    public const string NewPath = "/console/surveys/0/edit";

    private const int UsualDays = 14;
    private static readonly string[] s_kinds = ["tag", "topic", "visited"];

    public override string Title => Old is null ? "新建问卷" : "修改问卷";

    public override IReadOnlyList<Crumb> Trail =>
        Old is { } old ? [new("问卷与投票", SurveysPage.Path), new(old.Title, SurveyPage.PathOf(old.Id))] : [new("问卷与投票", SurveysPage.Path)];

    /// <summary>Null for a new one.</summary>
    public Survey? Old { get; private set; }

    [BindProperty]
    public SurveyHead Input { get; set; } = new();

    public IReadOnlyList<(INoticeGroup Group, IReadOnlyList<GroupChoice> Choices, string? Fault)> Groups { get; private set; } = [];

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/console/surveys/{id}/edit");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var today = Beijing.DateOf(clock.GetUtcNow()).ToDateTime(TimeOnly.MinValue);
        Input = Old is { } old ? SurveyHead.Of(old) : new() { OpensAt = today, ClosesAt = today.AddDays(UsualDays).AddHours(18) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Read(id) is not { } survey || !ModelState.IsValid)
            return Page();
        return await desk.SaveAsync(survey, Me, ct) switch
        {
            SurveySaved.Saved saved => GoTo(SurveyPage.PathOf(saved.Id), id == 0 ? "已保存，接着添加题目" : "已保存"),
            SurveySaved.QuotaTaken => Refuse("已收到的答卷比这个名额多，请填写更大的名额", "Input.Quota"),
            SurveySaved.KeywordTaken => Refuse("另一份没有结束的问卷用了这个关键词", "Input.Keyword"),
            _ => Refuse("这份问卷刚被他人修改，或已经结束，请返回后刷新再看。"),
        };
    }

    private Survey? Read(long id)
    {
        var (opens, closes) = (Moments.OfForm(Input.OpensAt), Moments.OfForm(Input.ClosesAt));
        // The form knows no seconds: what it shows of the old time is the old time.
        if (Old is { } old && SurveyHead.Of(old).ClosesAt is var shown && shown.AddTicks(-(shown.Ticks % TimeSpan.TicksPerMinute)) == Input.ClosesAt)
            closes = old.ClosesAt;
        if (closes <= opens)
            ModelState.AddModelError("Input.ClosesAt", "截止时间要晚于开始时间");
        else if (closes <= clock.GetUtcNow())
            ModelState.AddModelError("Input.ClosesAt", "截止时间已经过了");
        if (Input is { Anonymous: true, Editable: true })
            ModelState.AddModelError("Input.Editable", "匿名问卷找不到谁答了哪份，不能修改回答");
        if (Old is { Version: > 0 } published && published.Anonymous != Input.Anonymous)
            ModelState.AddModelError("Input.Anonymous", "发布时已经告诉市民是否匿名，不能再改");
        if (Old is { Version: > 0, Editable: true } && !Input.Editable)
            ModelState.AddModelError("Input.Editable", "发布时已经告诉市民截止前可以修改回答，不能再改");
        if (Old is { Version: > 0 } told && closes < told.ClosesAt)
            ModelState.AddModelError("Input.ClosesAt", "发布后截止时间只能推迟；要提前停止，请在问卷页面结束它");
        var keyword = string.IsNullOrWhiteSpace(Input.Keyword) ? null : Input.Keyword.Trim();
        if (keyword is not null)
        {
            var said = Utterance.Of(keyword);
            if (BotRoutes.Table.Typed(said, strict: true) is not null)
                ModelState.AddModelError("Input.Keyword", $"“{keyword}”是机器人自己的指令，请换一个词");
            else if (keywords.Find(said.Words) is not null)
                ModelState.AddModelError("Input.Keyword", $"“{keyword}”已有关键词回复，请换一个词");
        }

        return Audience() is { } audience
            ? new Survey(id, Input.Title.Trim(), (Input.Intro ?? "").ReplaceLineEndings("\n").Trim(), keyword, Input.Anonymous, Input.Editable, audience, opens, closes,
                Input.Quota, 0, null, null, Me.Name, Input.Revision)
            : null;
    }

    private SurveyAudience? Audience()
    {
        if (Input.Kind == SurveyAudience.Everyone)
            return SurveyAudience.All;
        foreach (var (group, choices, _) in Groups)
        {
            if (group.Kind == Input.Kind && choices.FirstOrDefault(c => c.Value == Input.Choice.GetValueOrDefault(group.Kind)) is { } choice)
                return new(group.Kind, choice.Value, $"{group.Label}“{choice.Label}”");
        }

        ModelState.AddModelError("Input.Kind", "请选择面向谁");
        return null;
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (id != 0)
        {
            if (await desk.FindAsync(id, ct) is not { Survey: { EndedAt: null } survey })
                return false;
            Old = survey;
        }

        Groups = await Task.WhenAll(groups.Where(g => s_kinds.Contains(g.Kind)).Select(async g =>
        {
            try
            {
                return (g, await g.ChoicesAsync(ct), (string?)null);
            }
            catch (NoticeGroupException e)
            {
                return (g, [], e.Message);
            }
        }));
        return true;
    }
}

public sealed class SurveyHead
{
    [Required(ErrorMessage = "请填写标题")]
    [StringLength(Survey.LongestTitle)]
    public string Title { get; set; } = "";

    [StringLength(Survey.LongestIntro)]
    public string? Intro { get; set; }

    [StringLength(Survey.LongestKeyword, MinimumLength = 2)]
    public string? Keyword { get; set; }

    public bool Anonymous { get; set; } = true;

    public bool Editable { get; set; }

    [StringLength(20)]
    public string Kind { get; set; } = SurveyAudience.Everyone;

    /// <summary>By the group's kind.</summary>
    public Dictionary<string, string> Choice { get; set; } = [];

    [Meant]
    public DateTime OpensAt { get; set; }

    [Meant]
    public DateTime ClosesAt { get; set; }

    [Range(1, 10_000_000)]
    public int? Quota { get; set; }

    public int Revision { get; set; }

    public static SurveyHead Of(Survey survey) => new()
    {
        Title = survey.Title, Intro = survey.Intro, Keyword = survey.Keyword, Anonymous = survey.Anonymous, Editable = survey.Editable, Kind = survey.Audience.Kind,
        Choice = new() { [survey.Audience.Kind] = survey.Audience.Choice }, OpensAt = survey.OpensAt.ToOffset(Beijing.Offset).DateTime,
        ClosesAt = survey.ClosesAt.ToOffset(Beijing.Offset).DateTime, Quota = survey.Quota, Revision = survey.Revision,
    };
}
