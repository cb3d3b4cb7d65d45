using System.Globalization;
using Bot.Data.Consultations;
using Bot.Handlers.Participation.Consultations;
using Bot.WeChat;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>A draft policy to read and to comment on, by part, without an account; when it is over, what was adopted and why.</summary>
/// <remarks>
/// No cookie says who somebody is: what another site has a browser send here is what anybody could send, and speaks for nobody. The key of a link from
/// the chat stands in the address alone, which another site does not know. So the form needs no token; how much comes from one network is bounded (<see cref="CommentRate"/>).
/// </remarks>
[EnableRateLimiting(PublicPages.RateLimit)]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(ValueLengthLimit = LargestForm, ValueCountLimit = 16, MultipartBodyLengthLimit = LargestForm)]
public sealed class PublicConsultationPage(IConsultations consultations, ConsultationLinks links, CommentBox box, CommentRate rate, TimeProvider clock) : PageModel
{
    private const string Over = "这次征集已经结束，或者还没有开始，意见没有提交。";
    private const int LargestForm = 64 * 1024;
    private const int LargestRequest = 256 * 1024;            // as a browser writes what it may type, and more
    private const int Rows = 20;
    private const int PointRows = 100;
    private const int MostPages = 1000;

    public PublishedConsultation Consultation { get; private set; } = null!;

    /// <summary>The version that is shown.</summary>
    public ConsultationVersion Shown { get; private set; } = null!;

    public ConsultationPaper Paper => Shown.Paper;

    public ConsultationState State { get; private set; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Who came from the chat is told what came of it.</summary>
    public OpenId? Citizen { get; private set; }

    public CommentCounts Counts { get; private set; } = null!;

    /// <summary>Empty before the report is public.</summary>
    public IReadOnlyList<CommentPoint> Points { get; private set; } = [];

    /// <summary>Those of this page of the report, in the order of the parts.</summary>
    public IReadOnlyList<CommentPoint> ShownPoints => [.. Points.OrderBy(p => PlaceOf(p.Part)).Skip((PointsNumber - 1) * PointRows).Take(PointRows)];

    public bool MorePoints => Points.Count > PointsNumber * PointRows;

    /// <summary>From 1.</summary>
    public int PointsNumber { get; private set; } = 1;

    public IReadOnlyList<ShownComment> Comments { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public bool Thanks { get; private set; }

    /// <summary>Why a comment was not taken; null for nothing to say.</summary>
    public string? Problem { get; private set; }

    /// <summary>A part's key; in the address, that one is chosen in the form.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Part { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    public Guid Run { get; private set; } = Guid.NewGuid();

    public bool TakesComments => State is ConsultationState.Open && Shown.Version == Consultation.Latest.Version;

    /// <summary>The whole first, the parts as they follow one another, then what is in the newest version no more.</summary>
    public int PlaceOf(string part) => part.Length == 0 ? -1 : Consultation.Paper.Parts.Index().Where(p => p.Item.Key == part).Select(p => p.Index).FirstOrDefault(ConsultationPaper.MostParts);

    public string NameOf(ShownComment comment) =>
        Consultation.Versions.FirstOrDefault(v => v.Version == comment.Version)?.Paper.NameOf(comment.Part) ?? ConsultationPart.Whole;

    public async Task<IActionResult> OnGetAsync(long id, string? key, [FromQuery(Name = "v")] int version = 0, [FromQuery(Name = "page")] int number = 1, [FromQuery(Name = "points")] int points = 1, [FromQuery] string? done = null, CancellationToken ct = default)
    {
        (Number, PointsNumber, Thanks) = (Math.Clamp(number, 1, MostPages), Math.Clamp(points, 1, MostPages), done == "1");
        if (!await LoadAsync(id, key, version, ct))
            return NotFound();
        // Its time is over, or somebody made it up: the page is there for everybody.
        return key is not null && Citizen is null ? Redirect(ConsultationLinks.PathOf(id)) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] int version, [FromForm] Guid run, CancellationToken ct)
    {
        // From the address itself: where the form is too large to be read, nothing is bound at all.
        var (id, key) = (long.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture), RouteData.Values["key"] as string);
        var readable = ModelState.IsValid;
        ModelState.Clear();
        if (!await LoadAsync(id, key, 0, ct))
            return NotFound();
        Words = CommentBox.Tidy(Words);
        if (!readable || Words.Length > NewComment.Longest)
            return Refused(readable ? $"您写了 {Words.Length} 字，超过了 {NewComment.Longest} 字，请精简后再提交。" : $"内容太长或不完整，没有提交成功。一次最多 {NewComment.Longest} 字。");
        if (CommentBox.SaysNothing(Words))
            return Refused("请先写下您的意见，至少两个字。");
        if (run == Guid.Empty)
            return Refused("页面不完整，请重新提交一次。");
        if (State is not ConsultationState.Open)
            return Refused(Over);
        if (!rate.Admits(HttpContext, Citizen is not null))
            return Refused("您提交得有点快，请过几分钟再试。文字还在下面。", StatusCodes.Status429TooManyRequests);
        var kept = await box.PutAsync(id, version, Part ?? "", Words, Citizen is null ? CommentWay.Page : CommentWay.Link, Citizen, run, ct);
        return kept switch
        {
            CommentKept.Kept => Redirect(string.Create(CultureInfo.InvariantCulture, $"{Request.Path}?done=1#comment")),
            CommentKept.NotOpen => Refused(Over),
            CommentKept.NoSuchPart => Refused("没有这一部分，征求意见稿可能刚刚调整过，请重新选择。"),
            CommentKept.TooMany => Refused($"您已经提了 {NewComment.MostOfOne} 条意见，我们都会认真研究，这一条没有再收。"),
        };
    }

    private PageResult Refused(string problem, int status = StatusCodes.Status200OK)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> LoadAsync(long id, string? key, int version, CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        if (await consultations.FindAsync(id, ct) is not { } found || (version == 0 ? found.Latest : found.Versions.FirstOrDefault(v => v.Version == version)) is not { } shown)
            return false;
        Citizen = key is null ? null : await links.ReadAsync(id, key, Now, ct);
        (Consultation, Shown, State) = (found, shown, found.StateAt(Now));
        Counts = await consultations.CountAsync(id, ct);
        if (State is ConsultationState.Reported)
            Points = await consultations.PointsAsync(id, ct);
        (Comments, Total) = await consultations.ShownAsync(id, Number, Rows, ct);
        return true;
    }

    public bool More => Total > Number * Rows;
}
