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

    // Hours from 9 to 12 on Monday 23 November, two counters that take three in an hour each; the second group and another day are not touched.
    [TestCase("10:00", "11:00", 1, 1, ExpectedResult = "6 3 6")]
    [TestCase("10:00", "11:00", 1, null, ExpectedResult = "6 0 6")]
    [TestCase("10:01", "10:59", 1, 1, ExpectedResult = "6 3 6")]
    [TestCase("09:59", "11:01", 1, 1, ExpectedResult = "3 3 3")]
    [TestCase("08:00", "09:00", 1, 1, ExpectedResult = "6 6 6")]
    [TestCase("12:00", "13:00", 1, 1, ExpectedResult = "6 6 6")]
    [TestCase("11:00", "12:00", 1, 9, ExpectedResult = "6 6 0")]
    [TestCase(null, null, 1, 1, ExpectedResult = "3 3 3")]
    [TestCase(null, null, null, 1, ExpectedResult = "3 3 3")]
    [TestCase(null, null, 2, 1, ExpectedResult = "6 6 6")]
    public string A_closure_takes_the_counters_of_the_slots_that_it_touches(string? from, string? to, int? group, int? counters)
    {
        var day = new DateOnly(2026, 11, 23);
        Closure Closed(int id, DateOnly first, DateOnly last) => new(id, "b", group, first, last, from is null ? null : TimeOnly.Parse(from, null), to is null ? null : TimeOnly.Parse(to, null), counters, "停办");
        var plan = new AppointmentPlan([Branch], [], [Counters(1)], [Closed(1, day.AddDays(-1), day), Closed(2, day.AddDays(1), day.AddDays(9)), Closed(3, day.AddDays(-9), day.AddDays(-1))], new());
        return string.Join(' ', plan.SlotsOn(plan.Group(1)!, day, new([])).Select(s => s.Capacity));
    }

    private static CounterGroup Counters(int id, string branch = "b", bool active = true, params string[] services) =>
        new(id, branch, $"窗口{id}", "A", 60, 3, 1, active) { Openings = [new(DayOfWeek.Monday, new(9, 0), new(12, 0), 2)], Services = [.. services] };

    [Test]
    public void What_is_offered_is_found_in_order_and_what_is_closed_is_not()
    {
        Branch At(string code, bool active = true) => new(code, "d", code, "", "", "", null, null, active);
        ServiceItem Item(string code, int position, bool active = true) => new(code, "d", code, [], "", 10, position, active);
        var plan = new AppointmentPlan(
            [At("c"), At("a"), At("shut", active: false)], [Item("y", 2), Item("x", 2), Item("z", 1), Item("gone", 0, active: false)],
            [Counters(3, "c", true, "x", "gone"), Counters(2, "a", false, "x"), Counters(1, "a", true, "z"), Counters(4, "shut", true, "y"), Counters(5, "c", true, "x")], [], new());
        Assert.That(plan.Branches.Select(b => b.Code), Is.EqualTo(new[] { "a", "c", "shut" }));
        Assert.That(plan.Services.Select(s => s.Code), Is.EqualTo(new[] { "gone", "z", "x", "y" }));
        Assert.That(plan.Groups.Select(g => g.Id), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That((plan.GroupFor("x", "c")?.Id, plan.GroupFor("x", "a"), plan.GroupFor("z", "c")), Is.EqualTo((3, (CounterGroup?)null, (CounterGroup?)null)), "the first that is open");
        Assert.That(plan.BranchesFor("x").Select(b => b.Code), Is.EqualTo(new[] { "c" }));
        Assert.That(plan.BranchesFor("y"), Is.Empty, "its hall is shut");
        Assert.That(plan.ServicesAt("").Select(s => s.Code), Is.EqualTo(new[] { "z", "x" }));
        Assert.That(plan.ServicesAt("c").Select(s => s.Code), Is.EqualTo(new[] { "x" }));
        Assert.That(plan.SlotsOn(plan.Group(2)!, new(2026, 11, 23), new([])), Is.Empty, "closed counters");
        Assert.That(plan.SlotsOn(plan.Group(4)!, new(2026, 11, 23), new([])), Is.Empty, "a closed hall");
        Assert.That(plan.SlotsOn(plan.Group(1)!, new(2026, 11, 23), new([])), Has.Count.EqualTo(3));
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
