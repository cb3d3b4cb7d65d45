using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using Bot.Handlers.Policies;
using Bot.Host.Pages.Public;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Bot.Host.Endpoints;

/// <summary>The documents of an answer, under its page's signed address.</summary>
internal static class AnswerFiles
{
    extension(IEndpointRouteBuilder app)
    {
        // The name stands in the address, too: some phones save a file under its last part.
        public void MapAnswerFiles() => app.MapGet("/answers/{number}/{until:long}/{signature}/{id:long}/{name?}", SendAsync).RequireRateLimiting(PublicPages.RateLimit);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(
        string number, long until, string signature, long id, DocumentLinks links, ICaseDocuments documents, HttpResponse response, CancellationToken ct)
    {
        if (await links.ReadAsync(number, until, signature, ct) is not DocumentAddress.Good || await documents.ReadSentAsync(number, id, ct) is not var (document, content))
            return TypedResults.NotFound();
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = Disposition(document);
        return TypedResults.File(content, document.Type, enableRangeProcessing: true);
    }

    /// <summary>A document and a picture are shown at once; everything else is saved.</summary>
    internal static string Disposition(CaseDocument document)
    {
        var how = new ContentDispositionHeaderValue(AttachmentTypes.ShowsInBrowser(document.Type) ? "inline" : "attachment");
        how.SetHttpFileName(document.Name);
        return how.ToString();
    }
}
