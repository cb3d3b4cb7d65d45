using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Bot.Host.Pages.Public;

/// <summary>Files of published documents; those of copies and of withdrawn documents are not for the public.</summary>
internal static class PolicyFiles
{
    private const string Kept = "public, max-age=86400";

    extension(IEndpointRouteBuilder app)
    {
        public void MapPolicyFiles() =>
            // The name stands in the address, too: some phones save a file under its last part.
            app.MapGet("/p/{id}/files/{file:long}/{name?}", SendAsync).RequireRateLimiting(PublicPages.RateLimit);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(
        string id, long file, PolicyLibrary library, IAttachments attachments, HttpResponse response, CancellationToken ct)
    {
        var shelf = library.Shelf;
        if (!shelf.ById.TryGetValue(id, out var policy) || !policy.Attachments.Contains(file) || !shelf.Files.TryGetValue(file, out var known)
            || await attachments.ReadAsync(file, ct) is not { } content)
            return TypedResults.NotFound();
        response.Headers.CacheControl = Kept;
        // A document and a picture are shown at once, where the phone can; everything else is saved.
        if (!AttachmentTypes.ShowsInBrowser(known.Type))
            return TypedResults.File(content, known.Type, known.Name, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{known.Sha256[..24]}\""));
        var inline = new ContentDispositionHeaderValue("inline");
        inline.SetHttpFileName(known.Name);
        response.Headers.ContentDisposition = inline.ToString();
        return TypedResults.File(content, known.Type, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{known.Sha256[..24]}\""));
    }
}
