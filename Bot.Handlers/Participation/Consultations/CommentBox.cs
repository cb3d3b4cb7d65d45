using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Handlers.Language;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Takes comments, from the chat and the page alike.</summary>
public sealed class CommentBox(IConsultations consultations, SensitiveWords sensitive, TimeProvider clock)
{
    private const int MostFlags = 20;

    /// <param name="words">At most <see cref="NewComment.Longest"/>, not empty.</param>
    public Task<CommentKept> PutAsync(long consultation, int version, string part, string words, CommentWay way, OpenId? citizen, Guid run, CancellationToken ct) =>
        consultations.CommentAsync(new(
            consultation, version, part, words, way, citizen, run, clock.GetUtcNow(),
            [.. sensitive.Find(words).Select(spot => spot.Word).Distinct(StringComparer.Ordinal).Take(MostFlags)]), ct);

    /// <returns>As everybody may read it: without names, numbers, addresses and listed words.</returns>
    public string Open(string words) => sensitive.Mask(Redaction.Of(words));

    /// <summary>A number that was meant for a list, or a lone mark, is no opinion.</summary>
    /// <param name="words">Tidy.</param>
    public static bool SaysNothing(string words) => words.Count(char.IsLetter) < 2;

    /// <returns>What a citizen wrote, as it is kept: without invisible control characters and blanks around it.</returns>
    public static string Tidy(string? words) =>
        string.Concat((words ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
