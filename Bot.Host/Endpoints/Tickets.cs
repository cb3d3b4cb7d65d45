using System.Globalization;
using System.Text;
using Bot.Data.Appointments;
using Bot.Handlers.Appointments;
using Bot.Host.Pages.Public;
using QRCoder;

namespace Bot.Host.Endpoints;

/// <summary>What a ticket's page links to: its picture and its entry for a calendar. Addresses are signed, and nothing personal is in them.</summary>
internal static class Tickets
{
    private const int PixelsPerModule = 8;

    extension(IEndpointRouteBuilder app)
    {
        public void MapTickets()
        {
            var tickets = app.MapGroup("/b/{number}/{signature}").RequireRateLimiting(PublicPages.RateLimit);
            tickets.MapGet("code.png", CodeAsync);
            tickets.MapGet("visit.ics", CalendarAsync);
        }
    }

    private static async Task<IResult> CodeAsync(string number, string signature, BookingLinks links, CancellationToken ct)
    {
        if (!await links.IsRightAsync(number, signature, ct))
            return TypedResults.NotFound();
        return TypedResults.Bytes(Picture(number), "image/png");
    }

    /// <returns>A QR code as PNG.</returns>
    internal static byte[] Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }

    private static async Task<IResult> CalendarAsync(
        string number, string signature, BookingLinks links, IBookings bookings, AppointmentPlans plans, BookingWords words, TimeProvider clock, CancellationToken ct) =>
        await links.IsRightAsync(number, signature, ct) && await bookings.FindAsync(number, ct) is { } booking
            ? TypedResults.Bytes(Encoding.UTF8.GetBytes(Calendar(booking, plans.Current, words, clock.GetUtcNow())), "text/calendar; charset=utf-8", $"{number}.ics")
            : TypedResults.NotFound();

    // RFC 5545: lines end with CRLF and are folded at 75 octets; the uid and a rising sequence let a calendar move what it has.
    internal static string Calendar(Booking booking, AppointmentPlan plan, BookingWords words, DateTimeOffset now)
    {
        var (hall, group) = (plan.BranchOf(booking.Place.Group), plan.Group(booking.Place.Group)!);
        var starts = booking.Place.StartsAt;
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Government service bot//Appointments//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
            $"UID:{booking.Number}@appointments", $"SEQUENCE:{booking.Moves}", $"DTSTAMP:{Utc(now)}", $"DTSTART:{Utc(starts)}", $"DTEND:{Utc(starts.AddMinutes(group.SlotMinutes))}",
            $"SUMMARY:{Escaped($"{plan.Service(booking.Service)?.Name}（{hall.Name}）")}", $"LOCATION:{Escaped($"{hall.Name} {hall.Address}")}",
            $"DESCRIPTION:{Escaped($"预约号 {booking.Number}\n请携带：{words.Bring(booking.Service)}")}",
            $"STATUS:{(booking.Status is BookingStatus.Cancelled or BookingStatus.Displaced ? "CANCELLED" : "CONFIRMED")}",
            .. hall.Latitude is { } latitude ? [string.Create(CultureInfo.InvariantCulture, $"GEO:{latitude:0.######};{hall.Longitude:0.######}")] : (string[])[],
            "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:预约提醒", "TRIGGER:-PT2H", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(line => Folded(line) + "\r\n"));
    }

    private static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Folded(string line)
    {
        const int Most = 73;
        var (folded, octets) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > Most)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
