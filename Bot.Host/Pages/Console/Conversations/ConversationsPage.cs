using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Conversations;
using Bot.Data.Followers;
using Bot.Data.Staff;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>客服会话: who waits, and the conversation that is open beside them.</summary>
[StaffOnly(StaffRole.Agent)]
public sealed class ConversationsPage(IConversations conversations, IFollowers followers, ICustomerMessages messages, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/conversations";
    public const int LongestAnswer = 600;

    // The platform's window for customer-service messages.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(48);

    public override string Title => "客服会话";

    public override string Lead => "公众说“人工”之后的对话；对方最后一次来信后 48 小时内可以答复";

    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "请填写答复")]
    [StringLength(LongestAnswer)]
    public string Words { get; set; } = "";

    public IReadOnlyList<ConversationRow> Rows { get; private set; } = [];

    /// <summary>Null: none is picked.</summary>
    public ConversationRow? Open { get; private set; }

    public IReadOnlyList<ConversationLine> Lines { get; private set; } = [];

    public IReadOnlyList<CannedReply> Canned { get; private set; } = [];

    public Bot.Data.Followers.Follower? Citizen { get; private set; }

    /// <summary>How long an answer still reaches them; zero when it does not.</summary>
    public TimeSpan Left => Open is { } open && open.HeardAt + s_window - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public static string PathOf(long id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAnswerAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (!ModelState.IsValid)
            return Page();
        var words = Words.ReplaceLineEndings("\n").Trim();
        if (await conversations.AnswerAsync(id, words, Me, ct) is not { } line)
            return Refuse("会话已经结束，或者对方超过 48 小时没有来信，答复发不出去。");
        // Kept before it is sent; from here on not cut short by a browser that goes away.
        var sent = await messages.SendAsync(Open!.Citizen, new CustomerMessage.Text(words), CancellationToken.None);
        await conversations.SentAsync(line, sent.Ok ? null : sent.Error.Code, CancellationToken.None);
        return GoTo(PathOf(id), sent.Ok ? null : $"微信没有接受这条答复（错误码 {sent.Error.Code}）");
    }

    public async Task<IActionResult> OnPostCloseAsync(long id, CancellationToken ct) =>
        GoTo(Path, await conversations.CloseAsync(id, Me, ct) ? "已交还机器人" : "会话已经结束");

    private async Task<bool> LoadAsync(long? id, CancellationToken ct)
    {
        Rows = await conversations.ListAsync(Closed, ct);
        if (id is not { } picked)
            return true;
        if (await conversations.FindAsync(picked, ct) is not ({ } row, { } lines))
            return false;
        (Open, Lines) = (row, lines);
        Canned = await conversations.CannedAsync(ct);
        Citizen = await followers.FindAsync(row.Citizen, ct);
        return true;
    }
}
