using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>The account itself: its menu, templates, media, tokens, and forged pushes on demand.</summary>
internal static class AccountControl
{
    public static void Map(IEndpointRouteBuilder control)
    {
        control.MapGet("/menu", (AccountMenu menu, Citizens citizens, string? openId) =>
        {
            lock (citizens.Gate)
                return ControlApi.Answer(new { Buttons = (citizens.Find(openId) is { } c ? menu.For(c) : menu.Buttons)?.DeepClone() });
        });
        control.MapPost("/templates", (NewTemplate wish, Templates templates, Citizens citizens) =>
        {
            lock (citizens.Gate)
                return templates.Add(wish.Title, wish.Content) is { } added ? ControlApi.Answer(added) : TypedResults.Conflict();
        });
        control.MapPost("/media", KeepAsync);
        control.MapPost("/tokens/invalidate", (Tokens tokens, Citizens citizens) =>
        {
            lock (citizens.Gate)
                tokens.InvalidateAll();
            return ControlApi.Answer(new { });
        });
        control.MapPost("/forge", async (Forgery wish, Forger forger, CancellationToken ct) =>
            ControlApi.Answer(new { Refused = await forger.SendAsync(wish.Kind, wish.OpenId, ct) }));
    }

    // The body is the picture itself, so that a foreign page cannot post it without asking the browser first.
    private static async Task<IResult> KeepAsync(HttpRequest request, MediaStore media, Citizens citizens, SimulatorOptions options)
    {
        if (request.ContentLength > options.Limits.ImageBytes * 5L)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.ToArray();
        if (Media.Sniff(bytes) is not { } type || !type.StartsWith("image/", StringComparison.Ordinal))
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        lock (citizens.Gate)
            return ControlApi.Answer(new { MediaId = media.Keep("image", "picture", type, bytes).Id });
    }

    internal sealed record NewTemplate(string Title, string Content);

    internal sealed record Forgery(FaultKind Kind, string OpenId);
}
