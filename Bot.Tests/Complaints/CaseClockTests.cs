using Bot.Data.Calendar;
using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>Deadlines against a plain count, day by day, over three years of holidays and make-up days.</summary>
public sealed class CaseClockTests
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);
    private static readonly DateOnly s_first = new(2024, 1, 1);
    private static readonly DateOnly s_last = new(2026, 11, 30);

    private static IEnumerable<DateOnly> Days()
    {
        for (var day = s_first; day <= s_last; day = day.AddDays(1))
            yield return day;
    }

    [Test]
    public void A_deadline_is_the_end_of_the_working_day_that_a_plain_count_finds()
    {
        foreach (var day in Days())
        {
            foreach (var count in (int[])[1, 3, 5, 13])
            {
                var by = CaseClock.AnswerBy(WorkingCalendar.Statutory, At(day, 15), new(1, count, null));
                Assert.That(by, Is.EqualTo(At(Counted(day, count).AddDays(1), 0)), $"{count} days from {day:O}");
                Assert.That(CaseClock.LastDayOf(by), Is.EqualTo(Counted(day, count)));
            }
        }
    }

    [Test]
    public void A_pause_leaves_as_many_working_days_as_were_left_when_it_began()
    {
        var random = new Random(20261127);
        for (var i = 0; i < 3000; i++)
        {
            var filed = s_first.AddDays(random.Next(900));
            var term = new CaseTerm(1, random.Next(1, 20), null);
            var by = CaseClock.AnswerBy(WorkingCalendar.Statutory, At(filed, 10), term);
            var paused = filed.AddDays(random.Next(0, CaseClock.LastDayOf(by).DayNumber - filed.DayNumber + 1));
            var resumed = paused.AddDays(random.Next(0, 40));

            var left = Left(paused, CaseClock.LastDayOf(by));
            var expected = Counted(resumed, left);
            var actual = CaseClock.LastDayOf(CaseClock.Resumed(WorkingCalendar.Statutory, by, At(paused, 11), At(resumed, 12), term));
            // Never earlier than before: resumed on a free day right behind the pause, the plain count may fall short of it.
            Assert.That(actual, Is.EqualTo(expected > CaseClock.LastDayOf(by) ? expected : CaseClock.LastDayOf(by)), $"{filed:O} {term} {paused:O} {resumed:O}");
        }
    }

    [Test]
    public void What_was_overdue_when_the_clock_stopped_stays_overdue()
    {
        var by = At(new(2026, 11, 3), 0);
        Assert.That(CaseClock.Resumed(WorkingCalendar.Statutory, by, At(new(2026, 11, 5), 9), At(new(2026, 11, 9), 9), new(1, 3, null)), Is.EqualTo(by));
    }

    [Test]
    public void Urgent_cases_run_round_the_clock_through_holidays()
    {
        var filed = At(new(2026, 10, 1), 22);       // 国庆节
        var term = new CaseTerm(1, 1, 24);
        Assert.That(CaseClock.AnswerBy(WorkingCalendar.Statutory, filed, term), Is.EqualTo(filed.AddHours(24)));
        Assert.That(CaseClock.AcceptBy(WorkingCalendar.Statutory, filed, term), Is.EqualTo(filed.AddHours(6)));
        Assert.That(
            CaseClock.Resumed(WorkingCalendar.Statutory, filed.AddHours(24), filed.AddHours(2), filed.AddHours(5), term), Is.EqualTo(filed.AddHours(27)));
        Assert.That(CaseClock.WarnAt(filed, filed.AddHours(24), term), Is.EqualTo(filed.AddHours(18)));
    }

    [Test]
    public void An_extension_counts_working_days_behind_the_old_deadline()
    {
        foreach (var day in Days())
        {
            var by = CaseClock.AnswerBy(WorkingCalendar.Statutory, At(day, 8), new(1, 5, null));
            Assert.That(CaseClock.LastDayOf(CaseClock.Extended(WorkingCalendar.Statutory, by, 4)), Is.EqualTo(Counted(day, 9)), $"{day:O}");
        }
    }

    [Test]
    public void Whoever_handles_it_is_reminded_in_the_morning_of_the_last_day()
    {
        var by = CaseClock.AnswerBy(WorkingCalendar.Statutory, At(new(2026, 11, 23), 15), new(1, 5, null));
        Assert.That(CaseClock.WarnAt(At(new(2026, 11, 23), 15), by, new(1, 5, null)), Is.EqualTo(At(new(2026, 11, 30), 9)));
        Assert.That(CaseClock.WarnAt(At(new(2026, 11, 23), 15), by.AddHours(1), new(1, 5, null)), Is.EqualTo(At(new(2026, 12, 1), 9)), "a deadline behind midnight is the next day's");
    }

    // Written on purpose without the calendar's own arithmetic: a look at each day, one after the other.
    private static DateOnly Counted(DateOnly from, int count)
    {
        var day = from;
        for (var seen = 0; seen < count;)
        {
            day = day.AddDays(1);
            if (WorkingCalendar.Statutory.IsWorkingDay(day))
                seen++;
        }

        return day;
    }

    private static int Left(DateOnly from, DateOnly to)
    {
        var left = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            left += WorkingCalendar.Statutory.IsWorkingDay(day) ? 1 : 0;
        return left;
    }

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), s_beijing);
}
