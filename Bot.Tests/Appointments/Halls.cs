using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Tests.Data.Postgres;
using Bot.WeChat;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Npgsql;

namespace Bot.Tests.Appointments;

/// <summary>Two small halls on a Monday morning, and the stores of one host.</summary>
public abstract class HallFixture : StoreFixture
{
    public const string AllTables =
        "branch, counter_group, counter, service_item, service_offer, opening, closure, slot, booking_hold, booking, booking_ban, waitlist, visitor, person_asked, citizen_place, ticket_serial, visit, visit_rating, job, citizen_message, public_number, consent";

    internal static readonly StaffMember Clerk = new(1, "chuangkou", "吴军", [StaffRole.Counter], "center");

    /// <summary>The day after the clock's.</summary>
    internal static readonly DateOnly Tomorrow = new(2026, 11, 24);

    internal FakeTimeProvider Clock { get; private set; } = null!;

    internal HallStores Stores { get; private set; } = null!;

    [SetUp]
    public async Task OpenHalls()
    {
        await ExecuteAsync($"truncate {AllTables} cascade; update booking_rules set per_day = 1, per_week = 2, one_per_service = true, no_shows = 2, per_account = 8, waits_per_account = 3, people_per_day = 10, offers_from = '08:00'");
        Clock = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        Stores = new(One, Clock);
        await Stores.Setup.ImportAsync(Two, default);
        await Stores.LoadAsync();
    }

    /// <summary>市民中心 (group 1 after the import) has two counters, 城东大厅 one; both from nine to ten, in half hours.</summary>
    internal static AppointmentImport Two { get; } = new(
        [new("center", "市政务服务中心", null, "", true)],
        [
            new("center", "center", "市民中心", "人民路1号", "", "", 30.0, 120.0, true),
            new("east", "center", "城东大厅", "东湖路8号", "", "", 30.1, 120.1, true),
        ],
        [
            new("jzz", "center", "居住证申领", ["居住证"], "", 15, 1, true),
            new("sfz", "center", "身份证换领", ["身份证"], "", 10, 2, true),
        ],
        [Hall("center", 2), Hall("east", 1)]);

    private static CounterGroup Hall(string branch, int counters) => new(0, branch, "综合窗口", "A", 30, 1, 1, true)
    {
        Openings = [.. Enumerable.Range(1, 6).Select(day => new Opening((DayOfWeek)day, new(9, 0), new(10, 0), counters))],
        Services = ["jzz", "sfz"], Counters = ["1", "2"],
    };

    internal Place At(string time, string branch = "center", int day = 1) =>
        new(Stores.Plans.Current.GroupFor("jzz", branch)!.Id, Tomorrow.AddDays(day - 1), TimeOnly.Parse(time, null));

    internal static NewBooking Wish(Place place, int person, string service = "jzz", OpenId? citizen = null) =>
        new(Guid.NewGuid(), citizen ?? new($"o{person}"), service, place, Person(person));

    /// <summary>A different person for each number, with an ID number whose check character is right.</summary>
    internal static Visitor Person(int number) => new("王小明", IdNumbers.Make(number), "13800138000", false);

    internal async Task<Booking> BookedAsync(NewBooking wish) =>
        await BookAsync(wish) is BookingResult.Booked booked ? booked.Booking : throw new AssertionException("not booked");

    internal Task<BookingResult> BookAsync(NewBooking wish) => Stores.Bookings.BookAsync(wish, default);

    internal Task<int> TakenAsync(Place place) => AskAsync<int>(
        $"select coalesce(sum(taken), 0)::int from slot where counter_group = {place.Group} and day = '{place.Day:yyyy-MM-dd}' and start = '{place.Start:HH:mm}'");
}

/// <summary>The stores as one host has them.</summary>
internal sealed class HallStores
{
    public HallStores(NpgsqlDataSource db, TimeProvider clock)
    {
        Ciphers = new PostgresFieldCiphers(db, MasterKeys.None, CipherSuite.Aes, clock);
        Places = new(db, Plans, Calendar, clock);
        Bookings = new PostgresBookings(db, Places, new(db), new(db, Places, Plans, clock), Ciphers, Plans, clock);
        Waitlist = new PostgresWaitlist(db, Places, Bookings, Ciphers, Plans, clock);
        Setup = new PostgresAppointmentSetup(db, Calendar, clock);
        Care = new PostgresBookingCare(db, Plans, clock);
        Visits = new PostgresVisits(db, new PostgresBell(db, clock, NullLogger<PostgresBell>.Instance), Plans, clock);
        Counters = new PostgresCounters(db, clock);
        Desk = new PostgresBookingDesk(db, Ciphers, Bookings, clock);
        Limits = new PostgresBookingLimits(db, Ciphers, Plans, clock);
        Acts = new PostgresDeskBookings(db, new(db, Places, Plans, clock), clock);
    }

    public AppointmentPlans Plans { get; } = new();
    public CalendarLibrary Calendar { get; } = new();
    public IFieldCiphers Ciphers { get; }
    public PostgresPlaces Places { get; }
    public IBookings Bookings { get; }
    public IWaitlist Waitlist { get; }
    public IAppointmentSetup Setup { get; }
    public IBookingCare Care { get; }
    public IVisits Visits { get; }
    public ICounters Counters { get; }
    public IBookingDesk Desk { get; }
    public IBookingLimits Limits { get; }
    public IDeskBookings Acts { get; }

    public async Task LoadAsync() => Plans.Replace(await Setup.LoadAsync(default));
}

internal static class IdNumbers
{
    public static string Make(int number)
    {
        var first = $"1101011990{1 + number / 28 % 12:00}{1 + number % 28:00}{number / 336 % 1000:000}";
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (first[i] - '0') * weights[i];
        return first + "10X98765432"[sum % 11];
    }
}
