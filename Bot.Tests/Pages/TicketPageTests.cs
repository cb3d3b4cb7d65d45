using System.Net;
using Bot.Data.Appointments;
using Bot.Handlers.Appointments;
using Bot.Tests.Appointments;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages;

/// <summary>Tickets and the hall's screen, on a Host with the demo's halls.</summary>
public sealed class TicketPageTests
{
    private TestHost _host = null!;
    private Booking _booking = null!;
    private string _path = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        var (plans, places, bookings) = (_host.Services.GetRequiredService<AppointmentPlans>(), _host.Services.GetRequiredService<IPlaces>(), _host.Services.GetRequiredService<IBookings>());
        var group = plans.Current.GroupFor("juzhuzheng", "binhai")!;
        // Not tomorrow: midnight may pass in between.
        var today = Place.DateOf(DateTimeOffset.UtcNow);
        var free = (await places.FreeAsync(group.Id, today.AddDays(2), today.AddDays(plans.Current.Rules.DaysAhead), default, default)).First(s => s.Free > 0);
        var result = await bookings.BookAsync(new(Guid.NewGuid(), new OpenId("oTicket"), "juzhuzheng", free.Place, new("王小明", IdNumbers.Make(77), "13800138000", false)), default);
        _booking = ((BookingResult.Booked)result).Booking;
        var link = await _host.Services.GetRequiredService<BookingLinks>().ForAsync(_booking.Number, default);
        _path = new Uri(link).AbsolutePath;
    }

    [OneTimeTearDown]
    public ValueTask Stop() => _host.DisposeAsync();

    [Test]
    public async Task A_ticket_shows_place_time_and_picture_and_nobodys_name()
    {
        var page = await _host.Client.GetStringAsync(_path);
        Assert.That(page, Does.Contain(_booking.Number).And.Contain("滨海市民中心").And.Contain("code.png").And.Contain("请携带"));
        Assert.That(page, Does.Not.Contain("王小明").And.Not.Contain("13800138000"));
        var picture = await _host.Client.GetByteArrayAsync($"{_path}/code.png");
        Assert.That(picture[1..4], Is.EqualTo("PNG"u8.ToArray()));
        var calendar = await _host.Client.GetStringAsync($"{_path}/visit.ics");
        Assert.That(calendar, Does.StartWith("BEGIN:VCALENDAR\r\n").And.Contain($"DTSTART:{_booking.Place.StartsAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}").And.EndWith("END:VCALENDAR\r\n"));
        Assert.That(calendar.Split("\r\n").Max(line => System.Text.Encoding.UTF8.GetByteCount(line)), Is.LessThanOrEqualTo(75));
    }

    [Test]
    public async Task Nobody_makes_an_address_for_anothers_number()
    {
        foreach (var path in (string[])[$"/b/{_booking.Number}/AAAAAAAAAAAAAAAA", $"/b/YY20261128-0099-X/{_path.Split('/')[^1]}", $"/b/{_booking.Number}/AAAA/code.png", $"/b/{_booking.Number}/%E7%AD%BE/visit.ics"])
        {
            using var answer = await _host.Client.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }

    [Test]
    public async Task One_address_holds_only_so_many_streams_open()
    {
        List<HttpResponseMessage> streams = [];
        try
        {
            for (var n = 0; n <= 20; n++)
                streams.Add(await _host.Client.GetAsync("/halls/binhai/events", HttpCompletionOption.ResponseHeadersRead));
            Assert.That(streams[0].StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(streams[^1].StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That((await _host.Client.GetAsync("/halls/binhai/screen")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "pages have a limit of their own");
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }

        await Eventually.IsTrueAsync(async () =>
        {
            using var again = await _host.Client.GetAsync("/halls/binhai/events", HttpCompletionOption.ResponseHeadersRead);
            return again.StatusCode is HttpStatusCode.OK;
        }, "who left makes room");
    }

    [Test]
    public async Task The_halls_screen_shows_a_call_when_it_is_made()
    {
        var (plans, visits) = (_host.Services.GetRequiredService<AppointmentPlans>(), _host.Services.GetRequiredService<IVisits>());
        var group = plans.Current.GroupFor("juzhuzheng", "binhai")!;
        using var events = await _host.Client.GetAsync("/halls/binhai/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(events.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        var ticket = (await visits.WalkInAsync(null, group.Id, "juzhuzheng", false, null, default)).Visit.Ticket;
        await _host.Services.GetRequiredService<ICounters>().CallNextAsync(group.Id, group.Counters[0], new(0, "test", "test", [], null), _ => null!, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        string? line;
        do
            line = await reader.ReadLineAsync(patience.Token);
        while (line is not null && !(line.Contains(ticket, StringComparison.Ordinal) && line.Contains("\"fresh\":true", StringComparison.Ordinal)));
        Assert.That(line, Is.Not.Null);
        Assert.That(await _host.Client.GetStringAsync("/halls/binhai/screen"), Does.Contain(ticket));
        Assert.That((await _host.Client.GetAsync("/halls/nowhere/screen")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
