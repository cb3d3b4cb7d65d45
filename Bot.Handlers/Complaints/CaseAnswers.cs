using Bot.Data.Cases;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>How the form takes each answer, and why it does not.</summary>
internal static class CaseAnswers
{
    public const int MostPhotos = 9;
    public const int LongestStory = 25_000;

    private const int LongestAddress = 200;
    private const int LongestAnswer = 300;
    private const int LongestContact = 60;
    private const int FewestDigits = 7;
    private const int MostDigits = 20;

    // What phones send for a sticker that the platform cannot pass on.
    private const string Sticker = "【收到不支持的消息类型，暂无法显示】";

    internal static readonly Text Full = Text.Of("case.story-full");
    private static readonly Text s_sticker = Text.Of("case.sticker");
    private static readonly Text s_noted = Text.Of("case.story-noted");
    private static readonly Text s_empty = Text.Of("case.story-empty");
    private static readonly Text s_photoNoted = Text.Of("case.photo-noted");
    private static readonly Text s_photosFull = Text.Of("case.photos-full");
    private static readonly Text s_wordsNoted = Text.Of("case.photo-words-noted");
    private static readonly Text s_sendPlace = Text.Of("case.place-wrong");
    private static readonly Text s_farAway = Text.Of("case.place-far");
    private static readonly Text s_addressLong = Text.Of("case.place-long");
    private static readonly Text s_answerLong = Text.Of("case.answer-long");
    private static readonly Text s_contactWrong = Text.Of("case.contact-wrong");
    private static readonly Text s_onlyPhotos = Text.Of("case.only-photos");

    public static Taken<CaseForm> Story(CaseForm form, string answer)
    {
        if (CaseMessage.IsMedia(answer, out _, out _))
            return form.Photos >= MostPhotos ? new(form, s_photosFull.Say(MostPhotos)) : new(form with { Photos = form.Photos + 1 });
        if (CaseMessage.IsUnusable(answer) || answer == Sticker)
            return new(form, s_sticker.Say());
        return form.Length + answer.Length > LongestStory
            ? new(form, Full.Say())
            : new(form with { Story = form.Story.Add(CaseMessage.Clean(answer)) });
    }

    public static string StoryNoted(CaseForm form) => s_noted.Say(form.Length - form.Story.Length, form.Photos == 0 ? "" : s_photoNoted.Say(form.Photos, MostPhotos));

    public static string? StoryEnds(CaseForm form) => form.Story.Any(s => !string.IsNullOrWhiteSpace(s)) ? null : s_empty.Say();

    public static Taken<CaseForm> Photo(CaseForm form, string answer) => Story(form, answer);

    public static string PhotoNoted(CaseForm form) => form.Photos == 0 ? s_wordsNoted.Say() : s_onlyPhotos.Say(form.Photos, MostPhotos);

    public static bool HasPlace(CaseForm form) => form.Kind is not CaseKind.Enquiry;

    public static Taken<CaseForm> Place(CaseForm form, string answer)
    {
        if (CaseMessage.ReadPlace(answer) is { } place)
        {
            var address = CaseMessage.Clean(place.Address);
            return IsInChina(place.Latitude!.Value, place.Longitude!.Value)
                ? new(form with { Place = place with { Address = address.Length > LongestAddress ? address[..LongestAddress] : address } })
                : new(form, s_farAway.Say());
        }

        if (CaseMessage.IsUnusable(answer) || CaseMessage.IsMedia(answer, out _, out _) || answer == Sticker)
            return new(form, s_sendPlace.Say());
        return answer.Length > LongestAddress ? new(form, s_addressLong.Say(LongestAddress)) : new(form with { Place = new(null, null, CaseMessage.Clean(answer)) });
    }

    public static Taken<CaseForm> Same(CaseForm form, string answer) => new(form with { Joins = long.TryParse(answer, out var id) ? id : 0 });

    public static Taken<CaseForm> Extra(CaseForm form, string answer) => answer.Length > LongestAnswer
        ? new(form, s_answerLong.Say(LongestAnswer))
        : answer == Sticker ? new(form, s_sticker.Say()) : new(form with { Answers = form.Answers.Add(CaseMessage.Clean(answer)) });

    public static Taken<CaseForm> Contact(CaseForm form, string answer)
    {
        var digits = answer.Normalize(System.Text.NormalizationForm.FormKC).Count(char.IsAsciiDigit);
        return answer.Length > LongestContact || digits is < FewestDigits or > MostDigits
            ? new(form, s_contactWrong.Say())
            : new(form with { Contact = CaseMessage.Clean(answer.Normalize(System.Text.NormalizationForm.FormKC)) });
    }

    /// <summary>All messages, one a paragraph.</summary>
    public static string Whole(CaseForm form) => string.Join('\n', form.Story.Where(s => !string.IsNullOrWhiteSpace(s)));

    // What lies outside is a slip of the finger on the map; where exactly the office ends it finds out itself.
    private static bool IsInChina(double latitude, double longitude) => latitude is > 3.5 and < 54 && longitude is > 73 and < 136;
}
