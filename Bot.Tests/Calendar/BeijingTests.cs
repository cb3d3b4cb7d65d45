using System.Globalization;
using Bot.Handlers;
using NUnit.Framework;

namespace Bot.Tests.Calendar;

/// <summary>The office's clock in a browser's fields, wherever the server stands and whatever its own clock says.</summary>
public sealed class BeijingTests
{
    // Half past one at night in the office is still the day before in Greenwich: told by that clock the last hours to publish in were not offered.
    [TestCase("2026-11-28T17:30:59Z", "2026-11-29T01:30")]
    [TestCase("2026-12-31T16:00:00Z", "2027-01-01T00:00")]
    [TestCase("2026-06-30T10:05:00-04:00", "2026-06-30T22:05")]
    public void A_field_holds_the_time_on_the_office_s_wall_and_is_read_as_the_same_instant(string instant, string field)
    {
        var at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        Assert.That(Beijing.FieldOf(at), Is.EqualTo(field));
        Assert.That(Beijing.Meant(DateTime.Parse(field, CultureInfo.InvariantCulture)), Is.EqualTo(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute))));
    }
}
