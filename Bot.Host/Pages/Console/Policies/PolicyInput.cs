using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Language;
using Bot.Handlers.Publishing;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>A document as the editor's form has it: lists are lines.</summary>
public sealed class PolicyInput
{
    public const int LongestBody = 200_000;

    private const string PolicyId = "^[A-Za-z0-9_-]{1,32}$";

    [Required, RegularExpression(PolicyId, ErrorMessage = "编号只能含字母、数字、- 和 _，最多 32 个")]
    public string? Id { get; set; }

    public PolicyType Type { get; set; }

    [Required, StringLength(200)]
    public string? Title { get; set; }

    [StringLength(100)]
    public string? DocumentNumber { get; set; }

    [Required, StringLength(200)]
    public string? Issuer { get; set; }

    [Required, StringLength(40)]
    public string? Category { get; set; }

    [Meant(Beijing.OldestDocument)]
    public DateOnly? WrittenOn { get; set; }

    [Meant(Beijing.OldestDocument)]
    public DateOnly? PublishedOn { get; set; }

    [Meant(Beijing.OldestDocument)]
    public DateOnly? EffectiveOn { get; set; }

    [Meant(Beijing.OldestDocument)]
    public DateOnly? LapsesOn { get; set; }

    public PolicyStatus Status { get; set; }

    [RegularExpression(PolicyId, ErrorMessage = "请填文档的编号")]
    public string? SuccessorId { get; set; }

    [RegularExpression(PolicyId, ErrorMessage = "请填文档的编号")]
    public string? Explains { get; set; }

    [StringLength(2000)]
    public string? Summary { get; set; }

    [StringLength(LongestBody)]
    public string? Body { get; set; }

    [StringLength(2000)]
    public string? Who { get; set; }

    [StringLength(4000)]
    public string? Conditions { get; set; }

    [StringLength(20_000)]
    public string? Materials { get; set; }

    [StringLength(20_000)]
    public string? Steps { get; set; }

    [StringLength(1000)]
    public string? Place { get; set; }

    [StringLength(1000)]
    public string? Fee { get; set; }

    [StringLength(1000)]
    public string? TimeLimit { get; set; }

    [StringLength(20_000)]
    public string? LegalBasis { get; set; }

    [StringLength(4000)]
    public string? Aliases { get; set; }

    [StringLength(1000)]
    public string? Origin { get; set; }

    [StringLength(1000)]
    public string? Note { get; set; }

    public static bool IsId(string id) => Regex.IsMatch(id, PolicyId);

    public static PolicyInput Of(Policy p) => new()
    {
        Id = p.Id, Type = p.Type, Title = p.Title, DocumentNumber = p.DocumentNumber, Issuer = p.Issuer, Category = p.Category, WrittenOn = p.WrittenOn,
        PublishedOn = p.PublishedOn, EffectiveOn = p.EffectiveOn, LapsesOn = p.LapsesOn, Status = p.Status, SuccessorId = p.SuccessorId, Explains = p.Explains,
        Summary = p.Summary, 
        // Plain text and markup are told apart by the first character.
        Body = p.BodyHtml.Length == 0 ? p.Body : p.BodyHtml[0] == '<' ? p.BodyHtml : $"<p>{p.BodyHtml}</p>",
        Who = p.Who, Conditions = p.Conditions, Materials = Lines(p.Materials),
        Steps = Lines(p.Steps), Place = p.Place, Fee = p.Fee, TimeLimit = p.TimeLimit, LegalBasis = Lines(p.LegalBasis), Aliases = Lines(p.Aliases),
        Origin = p.Origin, Note = p.Note,
    };

    /// <param name="attachments">What the document brings along.</param>
    public Policy ToPolicy(IReadOnlyList<long> attachments)
    {
        var body = CleanBody();
        return new()
        {
            Id = Id!, Type = Type, Title = Plain(Title), DocumentNumber = Plain(DocumentNumber), Issuer = Plain(Issuer), Category = Plain(Category),
            WrittenOn = WrittenOn, PublishedOn = PublishedOn, EffectiveOn = EffectiveOn, LapsesOn = LapsesOn, Status = Status, SuccessorId = Plain(SuccessorId),
            Explains = Plain(Explains), Summary = Plain(Summary), Body = body.Words, BodyHtml = body.Html, Who = Plain(Who),
            Conditions = Plain(Conditions), Materials = Items(Materials), Steps = Items(Steps), Place = Plain(Place), Fee = Plain(Fee), TimeLimit = Plain(TimeLimit),
            LegalBasis = Items(LegalBasis), Aliases = Items(Aliases), Origin = Plain(Origin), Note = Plain(Note), Attachments = attachments,
        };
    }

    /// <summary>What may not become public, by field.</summary>
    public IEnumerable<(string Field, IReadOnlyList<string> Words)> Sensitive(SensitiveWords sensitive)
    {
        (string Field, string? Text)[] shown =
        [
            (nameof(Title), Title), (nameof(DocumentNumber), DocumentNumber), (nameof(Issuer), Issuer), (nameof(Category), Category), (nameof(Summary), Summary),
            (nameof(Body), CleanBody().Words), (nameof(Who), Who), (nameof(Conditions), Conditions), (nameof(Materials), Materials), (nameof(Steps), Steps), (nameof(Place), Place),
            (nameof(Fee), Fee), (nameof(TimeLimit), TimeLimit), (nameof(LegalBasis), LegalBasis), (nameof(Aliases), Aliases), (nameof(Note), Note),
        ];
        foreach (var (field, text) in shown)
        {
            if (sensitive.Find(text ?? "") is { Count: > 0 } found)
                yield return (field, [.. found.Select(spot => spot.Word).Distinct().Take(5)]);
        }
    }

    /// <summary>What no single field can tell, and what may not become public.</summary>
    /// <param name="isKnown">Whether a document of that id is published.</param>
    public IEnumerable<(string Field, string Problem)> Problems(SensitiveWords sensitive, Func<string, bool> isKnown)
    {
        foreach (var (field, words) in Sensitive(sensitive))
            yield return (field, $"含有敏感词“{string.Join('、', words)}”，请修改");
        foreach (var (field, id) in new[] { (nameof(SuccessorId), SuccessorId), (nameof(Explains), Explains) })
        {
            if (id is { Length: > 0 } && id != Id && !isKnown(id))
                yield return (field, $"没有编号为“{id}”的已发布内容");
        }

        if (LapsesOn < EffectiveOn)
            yield return (nameof(LapsesOn), "失效日期早于生效日期");
        if (SuccessorId is { Length: > 0 } && SuccessorId == Id)
            yield return (nameof(SuccessorId), "不能以自己为替代文件");
        if (Explains is { Length: > 0 } && Explains == Id)
            yield return (nameof(Explains), "不能解读自己");
        foreach (var (field, text) in new[] { (nameof(Materials), Materials), (nameof(Steps), Steps), (nameof(LegalBasis), LegalBasis), (nameof(Aliases), Aliases) })
        {
            if (Items(text) is var items && (items.Length > 100 || items.Any(i => i.Length > 1000)))
                yield return (field, "最多 100 行，每行最多 1000 个字");
        }
    }

    private CleanHtml CleanBody()
    {
        var body = Body?.TrimStart().StartsWith('<') == true ? ArticleHtml.Clean(Body) : new("", Plain(Body), 0);
        return body.Words.Length == 0 ? new("", "", 0) : body;
    }

    private static string Lines(IReadOnlyList<string> items) => string.Join('\n', items);

    private static string[] Items(string? text) => Plain(text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Browsers send CR LF; other control characters can neither be kept nor shown.
    private static string Plain(string? text) => string.Concat((text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
