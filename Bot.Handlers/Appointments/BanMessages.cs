using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>What citizens are told about 爽约: a ban, what became of their appeal, a mark that was taken back.</summary>
public sealed class BanMessages(BookingWords words, TimeProvider clock)
{
    // The office's code of the template for those who wrote nothing for two days.
    private const string Template = "progress";

    private static readonly Text s_banNotice = Text.Of("ban.notice-matter");
    private static readonly Text s_accepted = Text.Of("appeal.accepted");
    private static readonly Text s_refused = Text.Of("appeal.refused");
    private static readonly Text s_lifted = Text.Of("appeal.lifted");
    private static readonly Text s_granted = Text.Of("appeal.phrase-accepted");
    private static readonly Text s_kept = Text.Of("appeal.phrase-refused");
    private static readonly Text s_ended = Text.Of("appeal.phrase-lifted");
    private static readonly Text s_banned = Text.Of("ban.made");
    private static readonly Text s_banMade = Text.Of("ban.phrase");
    private static readonly Text s_banMatter = Text.Of("ban.matter");
    private static readonly Text s_forgiven = Text.Of("desk.forgiven");
    private static readonly Text s_forgivenShort = Text.Of("desk.phrase-forgiven");

    /// <summary>The one choice is to appeal.</summary>
    public NewCitizenMessage Banned(Ban ban, Booking booking) => new()
    {
        Key = $"ban:{ban.Id}",
        To = booking.Citizen,
        Words = s_banned.Say(words.Line(booking), BookingOffice.Day(ban.Until)),
        Template = Template,
        Data = Progress(s_banMade, booking.Number, clock.GetUtcNow(), s_banNotice),
        NoticeChoices = [$"book.appeal-ban {ban.Id}"],
        ExpiresAt = ban.Until,
    };

    /// <summary>撤销爽约, by staff.</summary>
    public NewCitizenMessage Forgiven(Booking booking, string reason) => new()
    {
        Key = $"desk-forgiven:{booking.Number}:{booking.Moves}",
        To = booking.Citizen,
        Words = s_forgiven.Say(words.Line(booking), reason),
        Template = Template,
        Data = Progress(s_forgivenShort, booking.Number, clock.GetUtcNow()),
    };

    /// <param name="appealedAt">Null: lifted unasked.</param>
    public static NewCitizenMessage AppealAnswer(Ban ban, OpenId citizen, DateTimeOffset? appealedAt, bool lifted, string answer, DateTimeOffset now) => new()
    {
        Key = $"appeal:{ban.Id}:{appealedAt?.ToUnixTimeMilliseconds()}",
        To = citizen,
        Words = (appealedAt is null ? s_lifted : lifted ? s_accepted : s_refused).Say(answer),
        Template = Template,
        Data = Progress(appealedAt is null ? s_ended : lifted ? s_granted : s_kept, ban.Booking, now),
    };

    // What became of it in a phrase, and 爽约申诉 says how to learn more.
    private static Dictionary<string, string> Progress(Text phrase, string number, DateTimeOffset now, Text? matter = null) => new()
    {
        ["thing1"] = (matter ?? s_banMatter).Say(), ["phrase2"] = phrase.Say(), ["time3"] = Beijing.Written(now), ["character_string4"] = number,
    };
}
