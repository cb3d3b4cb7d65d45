using Bot.Data.Calendar;
using NUnit.Framework;

namespace Bot.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    [TestCase("2026-10-01", false, "国庆节")]
    [TestCase("2026-10-10", true, "国庆节")]            // a Saturday that makes up
    [TestCase("2026-10-11", false, null)]
    [TestCase("2026-11-27", true, null)]
    [TestCase("2024-02-12", false, "春节")]
    [TestCase("2024-02-18", true, "春节")]              // a Sunday that makes up
    public void Knows_holidays_and_make_up_days(string day, bool works, string? name)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(WorkingCalendar.Statutory.IsWorkingDay(date), Is.EqualTo(works));
        Assert.That(WorkingCalendar.Statutory.NameOf(date), Is.EqualTo(name));
    }

    [Test]
    public void A_year_is_known_by_its_festivals_and_not_by_one_day()
    {
        var known = WorkingCalendar.Statutory.LastKnownYear;
        Assert.That(WorkingCalendar.Statutory.With([new(new(2031, 1, 1), false, "元旦")]).LastKnownYear, Is.EqualTo(known));
        Assert.That(WorkingCalendar.Statutory.With(Enumerable.Range(1, 7).Select(d => new SpecialDay(new(2031, 10, d), false, "国庆节"))).LastKnownYear, Is.EqualTo(2031));
    }

    [Test]
    public void Make_up_days_alone_make_no_year_known() => Assert.That(
        new WorkingCalendar(Enumerable.Range(1, 7).Select(d => new SpecialDay(new(2031, 10, d), true, "补班"))).LastKnownYear, Is.Zero);

    [TestCase(-1)]
    [TestCase(1001)]
    public void Counts_no_days_backwards_and_none_for_ever(int count) =>
        Assert.That(() => WorkingCalendar.Statutory.AddWorkingDays(new(2026, 11, 23), count), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Counts_working_days_as_one_who_walks_day_by_day()
    {
        var calendar = WorkingCalendar.Statutory;
        for (var from = new DateOnly(2024, 1, 1); from < new DateOnly(2026, 12, 1); from = from.AddDays(1))
        {
            var (day, left) = (from, 13);
            while (left > 0)
            {
                day = day.AddDays(1);
                left -= calendar.IsWorkingDay(day) ? 1 : 0;
            }

            Assert.That(calendar.AddWorkingDays(from, 13), Is.EqualTo(day));
            Assert.That(calendar.WorkingDaysBetween(from, day), Is.EqualTo(13));
        }
    }

    [Test]
    public void The_offices_own_days_win()
    {
        var calendar = WorkingCalendar.Statutory.With([new(new(2026, 11, 27), false, "停电检修"), new(new(2026, 10, 1), true, "防汛值守")]);
        Assert.That(calendar.IsWorkingDay(new(2026, 11, 27)), Is.False);
        Assert.That(calendar.IsWorkingDay(new(2026, 10, 1)), Is.True);
        Assert.That(calendar.LastKnownYear, Is.GreaterThanOrEqualTo(2026));
    }
}
