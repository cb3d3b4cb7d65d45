using Bot.Data.Articles;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Publishing;

/// <summary>预览 123456: a clerk asks, with the code that the console shows, for an article's preview on their own phone.</summary>
public sealed class PreviewCode(IArticlePushes pushes, TimeProvider clock) : IHandler
{
    public const int Digits = 6;

    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);

    private static readonly Text s_coming = Text.Of("news.preview-coming");
    private static readonly Text s_unknown = Text.Of("news.preview-unknown");

    public static bool IsCode(string words) => words.Length == Digits && words.All(char.IsAsciiDigit);

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) => Answer.Say(
        await pushes.ReadByAsync(request.Argument, request.Citizen, clock.GetUtcNow() - Valid, ct) ? s_coming.Say() : s_unknown.Say());
}
