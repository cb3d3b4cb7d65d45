using System.Globalization;
using System.Text;
using Bot.Data.Appointments;
using Bot.Handlers.Policies;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Bookings in words.</summary>
public sealed class BookingWords(AppointmentPlans plans, PolicyLibrary library, IBookings bookings, BookingLinks links, TimeProvider clock)
{
    private const int LongestBring = 160;

    private static readonly Text s_ticket = Text.Of("booking.ticket");
    private static readonly Text s_bring = Text.Of("booking.bring");
    private static readonly Text s_bringId = Text.Of("booking.bring-id");
    private static readonly Text s_open = Text.Of("booking.open");
    private static readonly Text s_come = Text.Of("booking.come");
    private static readonly Text s_link = Text.Of("booking.link");
    private static readonly Text s_hours = Text.Of("mine.hours");
    private static readonly Text s_minutes = Text.Of("mine.minutes");
    private static readonly Text s_tooLate = Text.Of("mine.too-late");
    private static readonly Text s_call = Text.Of("mine.call");

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal DateOnly Today => Beijing.DateOf(clock.GetUtcNow());

    internal string ServiceName(string code) => plans.Current.Service(code)?.Name ?? code;

    internal Branch Hall(Place place) => plans.Current.BranchOf(place.Group);

    /// <summary>明天(周六)11月28日 09:00-09:30.</summary>
    public string When(Place place) => $"{ChineseDays.Say(place.Day, Today)} {Span(place)}";

    internal string Span(Place place) => string.Create(CultureInfo.InvariantCulture,
        $"{place.Start:HH:mm}-{place.Start.AddMinutes(plans.Current.Group(place.Group)?.SlotMinutes ?? 0):HH:mm}");

    internal string Line(Booking booking) => $"{When(booking.Place)} {ServiceName(booking.Service)}";

    /// <summary>Number, place, time, what to bring, and the way to the picture; names and numbers masked.</summary>
    public async Task<string> TicketAsync(Booking booking, CancellationToken ct)
    {
        var (visitor, hall) = (await bookings.VisitorAsync(booking, ct), Hall(booking.Place));
        var words = new StringBuilder(s_ticket.Say(booking.Number, ServiceName(booking.Service), hall.Name, hall.Address, When(booking.Place),
            PersonName.Mask(visitor.Name), IdNumber.Mask(visitor.IdNumber)));
        words.Append('\n').Append(s_bring.Say(Bring(booking.Service)));
        if (OpeningWords.Of(plans.Current, hall.Code) is { Length: > 0 } hours)
            words.Append('\n').Append(s_open.Say(hours));
        words.Append('\n').Append(s_come.Say(plans.Current.Rules.EarlyMinutes));
        if (await links.ForAsync(booking.Number, ct) is { Length: > 0 } link)
            words.Append('\n').Append(s_link.Say(link));
        return words.ToString();
    }

    /// <summary>What the guide asks for, in short.</summary>
    public string Bring(string service)
    {
        var materials = plans.Current.Service(service) is { } item && library.Shelf.ById.TryGetValue(item.Guide, out var guide) ? guide.Materials : [];
        if (materials.Count == 0)
            return s_bringId.Say();
        var words = new StringBuilder();
        foreach (var (i, material) in materials.Index())
        {
            var next = $"{(i == 0 ? "" : "；")}{i + 1}、{material}";
            if (i > 0 && words.Length + next.Length > LongestBring)
                return words.Append("；等").ToString();
            words.Append(next);
        }

        return words.ToString();
    }

    /// <summary>Why it can no longer be changed, and who can do it all the same.</summary>
    internal string TooLate(Place place, int minutes) => s_tooLate.Say(Lasting(minutes), CallHall(place));

    /// <summary>致电大厅0571-12345.</summary>
    internal string CallHall(Place place) => s_call.Say(Hall(place).Phone);

    /// <summary>2小时, 45分钟.</summary>
    internal static string Lasting(int minutes) => minutes > 0 && minutes % 60 == 0 ? s_hours.Say(minutes / 60) : s_minutes.Say(minutes);
}
