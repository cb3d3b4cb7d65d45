using Bot.Data.Appointments;
using Bot.Data.Calendar;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Schedules made at random, each from its seed.</summary>
public sealed class PlanTests
{
    private static readonly DateOnly s_from = new(2026, 9, 1);

    [Test]
    public void No_slot_lies_outside_its_hours_on_a_holiday_or_beyond_its_counters()
    {
        for (var seed = 1; seed <= 200; seed++)
            Obeys(seed);
    }

    private static void Obeys(int seed)
    {
        var random = new Random(seed);
        var (plan, group) = Generated(random);
        var calendar = WorkingCalendar.Statutory.With(Enumerable.Range(0, random.Next(6))
            .Select(i => new SpecialDay(s_from.AddDays(random.Next(90)), random.Next(3) == 0, $"调整{i}")));
        for (var day = s_from; day < s_from.AddDays(90); day = day.AddDays(1))
        {
            var slots = plan.SlotsOn(group, day, calendar);
            if (slots.Count == 0)
                continue;
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            Assert.That(calendar.IsWorkingDay(day) || weekend && calendar.NameOf(day) is null, $"seed {seed}: {day} is a holiday");
            var weekday = calendar.IsWorkingDay(day) && weekend ? DayOfWeek.Friday : day.DayOfWeek;
            foreach (var slot in slots)
            {
                var opening = group.Openings.SingleOrDefault(o => o.Weekday == weekday && slot.Start >= o.Opens && slot.Finish <= o.Closes && slot.Finish > slot.Start);
                Assert.That(opening, Is.Not.Null, $"seed {seed} {day} {slot}");
                Assert.That(slot.Capacity, Is.InRange(0, opening!.Counters * group.PerCounter));
                Assert.That(slot.Finish - slot.Start, Is.EqualTo(TimeSpan.FromMinutes(group.SlotMinutes)));
                if (Closures(plan).Any(c => c.Counters is null && c.FromDay <= day && day <= c.ToDay && c.FromTime is null))
                    Assert.That(slot.Capacity, Is.Zero, "closed all day");
            }

            Assert.That(slots.Zip(slots.Skip(1)).All(pair => pair.First.Finish <= pair.Second.Start), $"seed {seed}: {day} overlaps");
        }
    }

    [Test]
    public void A_make_up_day_is_worked_like_a_Friday_and_the_days_off_around_it_are_not()
    {
        var group = new CounterGroup(1, "b", "窗口", "A", 60, 1, 1, true) { Openings = [new(DayOfWeek.Friday, new(9, 0), new(11, 0), 3)] };
        var plan = new AppointmentPlan([Branch], [], [group], [], new());
        var calendar = new WorkingCalendar([new(new(2026, 10, 1), false, "国庆节"), new(new(2026, 10, 10), true, "国庆节")]);
        Assert.That(plan.SlotsOn(group, new(2026, 10, 10), calendar), Is.EqualTo(new ScheduledSlot[] { new(new(9, 0), new(10, 0), 3), new(new(10, 0), new(11, 0), 3) }));
        Assert.That(plan.SlotsOn(group, new(2026, 10, 1), calendar), Is.Empty);
        Assert.That(plan.SlotsOn(group, new(2026, 10, 17), calendar), Is.Empty);
    }

    [Test]
    public void Slots_end_with_the_day()
    {
        var group = new CounterGroup(1, "b", "窗口", "A", 45, 1, 1, true) { Openings = [new(DayOfWeek.Monday, new(22, 0), new(23, 59), 1)] };
        var plan = new AppointmentPlan([Branch], [], [group], [], new());
        Assert.That(plan.SlotsOn(group, new(2026, 11, 23), new([])).Select(s => s.Start), Is.EqualTo(new TimeOnly[] { new(22, 0), new(22, 45) }));
    }

    private static Branch Branch => new("b", "d", "大厅", "", "", "", null, null, true);

    private static IEnumerable<Closure> Closures(AppointmentPlan plan) => s_closures.TryGetValue(plan, out var all) ? all : [];

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<AppointmentPlan, Closure[]> s_closures = [];

    private static (AppointmentPlan Plan, CounterGroup Group) Generated(Random random)
    {
        List<Opening> openings = [];
        foreach (var weekday in Enum.GetValues<DayOfWeek>())
        {
            var minute = random.Next(0, 9) * 60;
            while (random.Next(3) > 0 && minute < 1300)
            {
                var length = random.Next(10, 300);
                if (minute + length >= 1440)
                    break;
                openings.Add(new(weekday, TimeOnly.MinValue.AddMinutes(minute), TimeOnly.MinValue.AddMinutes(minute + length), random.Next(1, 6)));
                minute += length + random.Next(0, 200);
            }
        }

        var group = new CounterGroup(1, "b", "窗口", "A", random.Next(1, 20) * 5, random.Next(1, 4), 1, true) { Openings = openings };
        Closure[] closures = [.. Enumerable.Range(0, random.Next(8)).Select(i =>
        {
            var from = s_from.AddDays(random.Next(90));
            var hours = random.Next(2) == 0;
            return new Closure(i, "b", random.Next(2) == 0 ? 1 : null, from, from.AddDays(random.Next(5)), hours ? new(10, 0) : null, hours ? new(14, 30) : null,
                random.Next(2) == 0 ? random.Next(1, 4) : null, "停办");
        })];
        var plan = new AppointmentPlan([Branch], [], [group], closures, new());
        s_closures.Add(plan, closures);
        return (plan, group);
    }
}
