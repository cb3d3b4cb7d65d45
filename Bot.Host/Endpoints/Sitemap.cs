using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Bot.Data.Consultations;
using Bot.Data.Surveys;
using Bot.Handlers.Complaints;
using Bot.Handlers.Desk;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Participation.Surveys;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Bot.Host.Pages.Console;
using Bot.Host.Pages.Public;
using Microsoft.Net.Http.Headers;

namespace Bot.Host.Endpoints;

/// <summary>All that is public, for search engines: made once a minute at most, however often it is asked for.</summary>
internal sealed class Sitemap(
    NewsLibrary news, PolicyLibrary policies, ConsultationLibrary open, IConsultations consultations, SurveyLibrary openSurveys, ISurveys surveys, AccountProfile account, TimeProvider clock)
{
    private const int Articles = 45_000;                    // the protocol allows 50,000 pages
    private const int Over = 1000;
    private static readonly XNamespace s_ns = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private readonly Kept<string, (byte[] Xml, EntityTagHeaderValue Tag)> _kept = new(TimeSpan.FromMinutes(1), clock);

    public async Task<IResult> ServeAsync()
    {
        // Not with the patience of whoever happens to ask first: others wait for it, too.
        var (xml, tag) = await _kept.GetAsync("", () => MakeAsync(CancellationToken.None));
        return TypedResults.Bytes(xml, "application/xml; charset=utf-8", entityTag: tag);
    }

    private async Task<(byte[] Xml, EntityTagHeaderValue Tag)> MakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = (await consultations.OverAsync(1, Over, ct)).Rows;
        var told = await surveys.ToldAsync(ct);
        var map = new XElement(
            s_ns + "urlset", Url("/news", null), Url("/p/", null), Url("/performance", null), Url(ConsultationLinks.List, null), Url("/surveys", null), Url(AdoptedSuggestions.Path, null),
            policies.Shelf.ById.Values.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => Url($"/p/{p.Id}", p.UpdatedAt)),
            open.OpenAt(now).Concat(over).Select(c => Url(ConsultationLinks.PathOf(c.Id), c.Consultation.ReportPublicAt ?? c.Consultation.StoppedAt ?? c.Latest.PublishedAt)),
            openSurveys.OpenAt(now).Select(s => s.Survey.Id).Concat(told.Select(s => s.Id)).Distinct().Select(id => Url(SurveyResultPage.PathOf(id), null)),
            news.Shelf.Newest.Take(Articles).Select(a => Url(NewsAddress.Of(a.Id), a.PublishedAt)));
        using var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
            map.WriteTo(writer);
        var xml = text.ToArray();
        return (xml, new($"\"{Convert.ToHexStringLower(SHA256.HashData(xml)[..12])}\""));
    }

    private XElement Url(string path, DateTimeOffset? changed) => new(
        s_ns + "url", new XElement(s_ns + "loc", account.PublicBaseUrl + path),
        changed is { } at ? new XElement(s_ns + "lastmod", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) : null);
}
