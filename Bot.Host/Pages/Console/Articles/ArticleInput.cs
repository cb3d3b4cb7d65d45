using System.ComponentModel.DataAnnotations;
using Bot.Data.Articles;
using Bot.Handlers;
using Bot.Handlers.Publishing;

namespace Bot.Host.Pages.Console;

/// <summary>What the editor's form holds.</summary>
public sealed class ArticleInput
{
    [Required, StringLength(32)]
    public string Column { get; set; } = "";

    [Required, StringLength(ArticleContent.LongestTitle)]
    public string Title { get; set; } = "";

    [StringLength(ArticleContent.LongestDigest)]
    public string? Digest { get; set; }

    [StringLength(2 * ArticleContent.LongestBody)]
    public string? Body { get; set; }

    [StringLength(ArticleContent.LongestSource)]
    public string? Source { get; set; }

    [StringLength(ArticleContent.LongestAuthor)]
    public string? Author { get; set; }

    [StringLength(32)]
    public string? Cover { get; set; }

    /// <summary>Ids of files.</summary>
    public List<string> Attachments { get; set; } = [];

    /// <summary>Ids with anything between them.</summary>
    [StringLength(200)]
    public string? Policies { get; set; }

    [Meant(Beijing.OldestDocument)]
    public DateOnly? MadeOn { get; set; }

    /// <summary>The last day on which it holds.</summary>
    [Meant]
    public DateOnly? HoldsUntil { get; set; }

    [StringLength(ArticleContent.LongestCorrection)]
    public string? Correction { get; set; }

    // 9999-12-31 is how offices write that something holds for good.
    private const int EndlessFrom = 2100;

    public string[] PolicyIds => Policies?.Split([' ', ',', '，', '、', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public static ArticleInput Of(ArticleContent content) => new()
    {
        Column = content.Column, Title = content.Title, Digest = content.Digest, Body = NewsAddress.ForDesk(content.Body), Source = content.Source, Author = content.Author,
        Cover = content.Cover, Attachments = [.. content.Attachments], Policies = string.Join(' ', content.Policies), MadeOn = content.MadeOn,
        HoldsUntil = content.LapsesOn?.AddDays(-1), Correction = content.Correction,
    };

    public ArticleContent ToContent(CleanHtml clean) => new()
    {
        Column = Column, Title = Plain(Title), Digest = Plain(Digest), Body = clean.Html, Words = clean.Words, Source = Plain(Source),
        Author = Plain(Author), Cover = string.IsNullOrEmpty(Cover) ? null : Cover, Attachments = [.. Attachments.Distinct()],
        Policies = [.. PolicyIds.Distinct()], MadeOn = MadeOn, LapsesOn = HoldsUntil is { Year: < EndlessFrom } until ? until.AddDays(1) : null, Correction = Plain(Correction),
    };

    internal static string Plain(string? words) => NewsWords.Printable(words ?? "").Trim();
}
