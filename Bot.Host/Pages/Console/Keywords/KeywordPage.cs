using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Bot.Data.Keywords;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Routing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One keyword and its answer.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class KeywordPage(IKeywordReplies keywords) : ConsolePage
{
    public const string NewPath = "/console/keywords/0";

    public override string Title => Rule is { } known ? known.Keyword : "新建回复";

    public override IReadOnlyList<Crumb> Trail => [new("关键词回复", KeywordsPage.Path)];

    /// <summary>Null: a new one.</summary>
    public KeywordRule? Rule { get; private set; }

    [BindProperty]
    public KeywordForm Input { get; set; } = new();

    public static string PathOf(long id) => $"{KeywordsPage.Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Rule is { } known)
            Input = new() { Keyword = known.Keyword, Exact = known.Exact, Reply = known.Reply, Enabled = known.Enabled, Version = known.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var (keyword, reply) = (Input.Keyword.Trim(), Input.Reply.ReplaceLineEndings("\n").Trim());
        if (keyword.Length > 0 && BotRoutes.Table.Typed(Utterance.Of(keyword), strict: true) is not null)
            ModelState.AddModelError("Input.Keyword", $"“{keyword}”是机器人自己的指令，这里的回复不会生效");
        if (Encoding.UTF8.GetByteCount(reply) > KeywordRule.LongestReplyBytes)
            ModelState.AddModelError("Input.Reply", "回复太长：微信一条消息约 660 个汉字");
        if (!ModelState.IsValid)
            return Page();
        return await keywords.SaveAsync(new(id, keyword, Input.Exact, reply, Input.Enabled, Input.Version, default), Me.Name, ct) switch
        {
            KeywordSaved.Saved => GoTo(KeywordsPage.Path, $"“{keyword}”已保存，两秒内生效"),
            KeywordSaved.Taken => Refuse("这个关键词已有回复，请修改原来那条", "Input.Keyword"),
            KeywordSaved.ChangedMeanwhile => Refuse("这条回复刚被他人修改或删除，请返回列表刷新后再改。"),
        };
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || Rule is not { } rule || !await keywords.DeleteAsync(id, Me.Name, ct))
            return GoTo(KeywordsPage.Path, "这条回复已经不在了");
        return GoTo(KeywordsPage.Path, $"已删除“{rule.Keyword}”", new Undo($"{NewPath}?handler=Save", new()
        {
            ["Input.Keyword"] = rule.Keyword, ["Input.Exact"] = rule.Exact ? "true" : "false", ["Input.Reply"] = rule.Reply,
            ["Input.Enabled"] = rule.Enabled ? "true" : "false",
        }));
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (id == 0)
            return true;
        Rule = await keywords.FindAsync(id, ct);
        return Rule is not null;
    }
}

public sealed class KeywordForm
{
    [Required(ErrorMessage = "请填写关键词")]
    [StringLength(KeywordRule.LongestKeyword)]
    public string Keyword { get; set; } = "";

    /// <summary>The whole message, not a part of it.</summary>
    public bool Exact { get; set; } = true;

    [Required(ErrorMessage = "请填写回复内容")]
    [StringLength(2000)]
    public string Reply { get; set; } = "";

    public bool Enabled { get; set; } = true;

    public int Version { get; set; }
}
