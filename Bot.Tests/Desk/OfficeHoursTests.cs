using System.Globalization;
using Bot.Handlers.Desk;
using NUnit.Framework;

namespace Bot.Tests.Desk;

public sealed class OfficeHoursTests
{
    // 2026-11-23 is a Monday.
    [TestCase("2026-11-23T09:00:00+08:00", true)]
    [TestCase("2026-11-23T08:59:59+08:00", false)]
    [TestCase("2026-11-23T11:59:59+08:00", true)]
    [TestCase("2026-11-23T12:00:00+08:00", false, Description = "the noon break")]
    [TestCase("2026-11-23T13:30:00+08:00", true)]
    [TestCase("2026-11-23T17:30:00+08:00", false)]
    [TestCase("2026-11-27T17:29:59+08:00", true, Description = "Friday")]
    [TestCase("2026-11-28T10:00:00+08:00", false, Description = "Saturday")]
    [TestCase("2026-11-29T10:00:00+08:00", false)]
    [TestCase("2026-11-23T01:30:00Z", true, Description = "09:30 in Beijing")]
    [TestCase("2026-11-22T23:30:00-02:00", true, Description = "Sunday elsewhere, Monday in Beijing")]
    [TestCase("2026-11-27T20:00:00Z", false, Description = "Friday elsewhere, Saturday in Beijing")]
    public void Knows_when_somebody_sits_at_the_desk(string at, bool open) =>
        Assert.That(Hours("周一至周五 09:00-12:00 13:30-17:30").IsOpen(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)), Is.EqualTo(open));

    [TestCase("每天 00:00-23:59", "一二三四五六日")]
    [TestCase("周一 00:00-23:59", "一")]
    [TestCase("周一、周三 00:00-23:59", "一三")]
    [TestCase("周五至周一 00:00-23:59", "一五六日")]
    [TestCase("周一至周三、周六 00:00-23:59", "一二三六")]
    [TestCase("周日至周六 00:00-23:59", "一二三四五六日")]
    public void Reads_days(string text, string days)
    {
        var hours = Hours(text);
        var monday = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(8));
        Assert.That(string.Concat("一二三四五六日".Where((_, i) => hours.IsOpen(monday.AddDays(i)))), Is.EqualTo(days));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("周一至周五")]
    [TestCase("09:00-12:00")]
    [TestCase("周八 09:00-12:00")]
    [TestCase("周 09:00-12:00")]
    [TestCase("星期一 09:00-12:00")]
    [TestCase("周一至 09:00-12:00")]
    [TestCase("周一至周三至周五 09:00-12:00")]
    [TestCase("周一、 09:00-12:00")]
    [TestCase("周一 9:00-12:00")]
    [TestCase("周一 09:00")]
    [TestCase("周一 09:00-")]
    [TestCase("周一 12:00-09:00")]
    [TestCase("周一 09:00-09:00")]
    [TestCase("周一 09:00-24:00")]
    [TestCase("周一 09:00-12:00-13:00")]
    [TestCase("周一 09：00-12：00")]
    public void Refuses_what_it_cannot_read(string text) => Assert.That(OfficeHours.TryParse(text, out _), Is.False);

    [Test]
    public void Is_shown_as_it_was_written() =>
        Assert.That(Hours("周一至周五 09:00-12:00").ToString(), Is.EqualTo("周一至周五 09:00-12:00"));

    private static OfficeHours Hours(string text) => OfficeHours.TryParse(text, out var hours) ? hours : throw new AssertionException(text);
}
