using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Conversations;
using Bot.Data.Staff;
using Bot.Handlers.Complaints;
using Bot.Handlers.Publishing;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>客服会话: who waits, and the conversation that is open beside them.</summary>
[StaffOnly(StaffRole.Agent)]
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class ConversationsPage(
    IConversations conversations, IDeskPictures pictures, CitizenAside asides, FollowerLink link, ICustomerMessages messages, IMedia media, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/conversations";
    public const int LongestAnswer = 600;

    private const int MostBytes = ArticlePictures.LargestUpload + (1 << 20);

    // The platform's window for customer-service messages.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(48);

    public override string Title => "客服会话";

    public override string Lead => "公众说“人工”之后的对话；对方最后一次来信后 48 小时内可以答复";

    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    [BindProperty]
    [StringLength(LongestAnswer)]
    public string? Words { get; set; }

    [BindProperty]
    public IFormFile? Picture { get; set; }

    /// <summary>Answers to tap, one a line; none for a plain answer.</summary>
    [BindProperty]
    [StringLength(DeskAnswer.MostOptions * (DeskAnswer.LongestOption + 2))]
    public string? Options { get; set; }

    public IReadOnlyList<ConversationRow> Rows { get; private set; } = [];

    /// <summary>Null: none is picked.</summary>
    public ConversationRow? Open { get; private set; }

    public IReadOnlyList<ConversationLine> Lines { get; private set; } = [];

    public IReadOnlyList<CannedReply> Canned { get; private set; } = [];

    public Aside Aside { get; private set; } = new(null, [], [], []);

    public string AddressOfCitizen => link.Of(Open!.Citizen);

    /// <summary>How long an answer still reaches them; zero when it does not.</summary>
    public TimeSpan Left => Open is { } open && open.HeardAt + s_window - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public static string PathOf(long id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPictureAsync(long id, long line, bool small, CancellationToken ct)
    {
        if (await pictures.ReadAsync(id, line, small, ct) is not var (type, content))
            return NotFound();
        Response.Headers.ContentDisposition = "inline";
        return File(content, type);
    }

    public async Task<IActionResult> OnPostAnswerAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var answer = await ReadAsync(ct);
        if (!ModelState.IsValid)
            return Page();
        string? mediaId = null;
        if (answer.Picture is { } picture)
        {
            var uploaded = await media.UploadAsync(MediaKind.Image, MediaFile.Of(picture.Type == "image/png" ? "picture.png" : "picture.jpg", picture.Type, picture.Content), ct);
            if (!uploaded.Ok)
                return Refuse($"图片没有传到微信（错误码 {uploaded.Error.Code}），请稍后再发。", nameof(Picture));
            mediaId = uploaded.Value;
        }

        var said = new List<(string Line, CustomerMessage Message)>();
        if (mediaId is not null)
            said.Add((answer.PictureLine, new CustomerMessage.Image(mediaId)));
        if (answer.Words.Length > 0)
            said.Add((answer.WordsLine, answer.Message));
        foreach (var (line, message) in said)
        {
            if (await SayAsync(id, Open!.Citizen, line, message, message is CustomerMessage.Image ? answer.Picture : null, ct) is { } trouble)
                return trouble;
        }

        return GoTo(PathOf(id));
    }

    public async Task<IActionResult> OnPostCloseAsync(long id, CancellationToken ct) =>
        GoTo(Path, await conversations.CloseAsync(id, Me, ct) ? "已交还机器人" : "会话已经结束");

    // Null: it is on its way.
    private async Task<IActionResult?> SayAsync(long id, OpenId to, string line, CustomerMessage message, PictureRead.Kept? picture, CancellationToken ct)
    {
        if (await conversations.AnswerAsync(id, line, Me, ct) is not { } kept)
            return Refuse("会话已经结束，或者对方超过 48 小时没有来信，答复发不出去。");
        if (picture is not null && await PhotoFile.ReadAsync(picture.Content, ct) is { Thumbnail: { } thumbnail } photo)
            await pictures.KeepAsync(kept, photo.ContentType, photo.Content, thumbnail, ct);
        // Kept before it is sent; from here on not cut short by a browser that goes away.
        var sent = await messages.SendAsync(to, message, CancellationToken.None);
        await conversations.SentAsync(kept, sent.Ok ? null : sent.Error.Code, CancellationToken.None);
        return sent.Ok ? null : GoTo(PathOf(id), $"没有送达：{DeskAnswer.Why(sent.Error.Code)}");
    }

    // Problems go to the fields.
    private async Task<DeskAnswer> ReadAsync(CancellationToken ct)
    {
        var words = (Words ?? "").ReplaceLineEndings("\n").Trim();
        string[] options = [.. (Options ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (words.Length == 0 && (options.Length > 0 || Picture is null))
            ModelState.AddModelError(nameof(Words), options.Length > 0 ? "请先写明要对方选什么" : "请填写答复");
        if (options.Length is 1 or > DeskAnswer.MostOptions)
            ModelState.AddModelError(nameof(Options), $"选项为 2 至 {DeskAnswer.MostOptions} 个");
        else if (Array.Exists(options, option => option.Length > DeskAnswer.LongestOption))
            ModelState.AddModelError(nameof(Options), $"每个选项最多 {DeskAnswer.LongestOption} 个字");
        PictureRead.Kept? kept = null;
        if (Picture is { Length: > 0 } file)
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, ct);
            var read = await ArticlePictures.ReadAsync(content.ToArray(), ct);
            kept = read as PictureRead.Kept;
            if (read is PictureRead.Refused refused)
                ModelState.AddModelError(nameof(Picture), refused.Words);
        }

        return new(words, kept, Picture?.FileName ?? "", options);
    }

    private async Task<bool> LoadAsync(long? id, CancellationToken ct)
    {
        Rows = await conversations.ListAsync(Closed, ct);
        if (id is not { } picked)
            return true;
        if (await conversations.FindAsync(picked, ct) is not ({ } row, { } lines))
            return false;
        (Open, Lines) = (row, lines);
        Canned = await conversations.CannedAsync(ct);
        Aside = await asides.OfAsync(row.Citizen, lines, ct);
        return true;
    }
}
