using System.Security.Cryptography;
using System.Text;
using Bot.Data.Cases;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>A picture that no form asked for: kept, and offered to be put to a case.</summary>
public sealed class CasePhotoDoor(ICases cases, ICasePhotos photos, CaseCatalogue catalogue) : IHandler
{
    private const int Offered = 5;

    private static readonly Text s_lead = Text.Of("case.photo");
    private static readonly Text s_row = Text.Of("case.mine-row");
    private static readonly Text s_anew = Text.Of("case.photo-anew");
    private static readonly Text s_none = Text.Of("case.photo-none");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (mediaId, video) = request.Message switch
        {
            ImageMessage image => (image.MediaId, false),
            VideoMessage film => (film.MediaId, true),
            _ => ("", false),
        };
        if (mediaId.Length == 0)
            return Answer.Say(s_none.Say());
        // The same picture, delivered twice, is one.
        var run = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Citizen.Value}\n{mediaId}")).AsSpan(0, 16));
        await photos.AddAsync(request.Citizen, run, mediaId, video, ct);
        var open = (await cases.MineAsync(request.Citizen, 30, ct)).Where(c => c.State.IsOpen).Take(Offered);
        return NumberedList.Page(
            s_lead.Say(),
            [
                .. open.Select(c => new Choice(s_row.Say(c.Number, c.State.Shown, catalogue.Find(c.Category)?.Name ?? c.Kind.Shown), $"case.attach {run:N} {c.Number}")),
                new(s_anew.Say(), "case"), new(s_none.Say(), "help"),
            ], 0) with { Command = "help" };
    }
}

/// <summary>Puts a picture to the case that the citizen chose.</summary>
public sealed class CaseAttach(ICasePhotos photos) : IHandler
{
    private static readonly Text s_done = Text.Of("case.photo-attached");
    private static readonly Text s_gone = Text.Of("case.photo-gone");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) => Answer.Say(
        request.Argument.Split(' ') is [var run, var number] && Guid.TryParseExact(run, "N", out var id) && await photos.AttachAsync(request.Citizen, id, number, ct)
            ? s_done.Say(number) : s_gone.Say());
}
