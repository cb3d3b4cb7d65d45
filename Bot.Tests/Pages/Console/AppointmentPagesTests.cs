using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Appointments;
using Bot.Host.Pages.Console;
using Bot.Tests.Appointments;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>The console's pages about appointments, on a Host with the demo's halls.</summary>
public sealed class AppointmentPagesTests
{
    private TestHost _host = null!;
    private Booking _booking = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        _booking = await BookAsync(501, "juzhuzheng", "binhai");
    }

    [OneTimeTearDown]
    public ValueTask Stop() => _host.DisposeAsync();

    private AppointmentPlan Plan => _host.Services.GetRequiredService<AppointmentPlans>().Current;

    private async Task<Booking> BookAsync(int person, string service, string branch)
    {
        var group = Plan.GroupFor(service, branch)!;
        // Not tomorrow: midnight may pass in between.
        var today = Place.DateOf(DateTimeOffset.UtcNow);
        var free = (await _host.Services.GetRequiredService<IPlaces>().FreeAsync(group.Id, today.AddDays(2), today.AddDays(14), default, default)).First(s => s.Free > 0);
        return ((BookingResult.Booked)await _host.Services.GetRequiredService<IBookings>().BookAsync(
            new(Guid.NewGuid(), new OpenId($"oConsole{person}"), service, free.Place, new("王小明", IdNumbers.Make(person), "13800138000", false)), default)).Booking;
    }

    [Test]
    public async Task A_counter_finds_a_booking_and_sees_the_person_masked_until_a_reason_is_given()
    {
        using var clerk = await _host.SignInAsync("chuangkou");
        using var found = await clerk.SendAsync(BookingsPage.Path, null, new() { ["Words"] = "13800138000" });
        Assert.That(await found.Content.ReadAsStringAsync(), Does.Contain(_booking.Number).And.Not.Contain("王小明"));
        var path = BookingPage.PathOf(_booking.Number);
        Assert.That(await clerk.GetStringAsync(path), Does.Contain("138****8000").And.Not.Contain("13800138000").And.Not.Contain("王小明"));
        using var refused = await clerk.SendAsync(path, "Reveal", new() { ["reason"] = "" });
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("请填写查看原因").And.Not.Contain("王小明"));
        using var revealed = await clerk.SendAsync(path, "Reveal", new() { ["reason"] = "核对证件" });
        Assert.That(await revealed.Content.ReadAsStringAsync(), Does.Contain("王小明").And.Contain("13800138000"));
    }

    [Test]
    public async Task A_counter_moves_and_cancels_for_a_citizen_with_a_reason()
    {
        var booking = await BookAsync(503, "huzhao", "binhai");
        using var clerk = await _host.SignInAsync("chuangkou");
        var path = BookingPage.PathOf(booking.Number);
        var other = Regex.Match(await clerk.GetStringAsync(path), "<option value=\"(\\d+/[^\"]+)\"").Groups[1].Value;
        using var refused = await clerk.SendAsync(path, "Move", new() { ["place"] = other, ["reason"] = " " });
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("请填写原因"));
        using var wrong = await clerk.SendAsync(path, "Move", new() { ["place"] = "1/2020-01-01/09:00", ["reason"] = "市民来电" });
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("请选择新的时段"));
        using var moved = await clerk.SendAsync(path, "Move", new() { ["place"] = other, ["reason"] = "市民来电" });
        Assert.That(moved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await moved.Content.ReadAsStringAsync());
        using var cancelled = await clerk.SendAsync(path, "Cancel", new() { ["reason"] = "市民来电" });
        Assert.That(cancelled.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var now = await _host.Services.GetRequiredService<IBookings>().FindAsync(booking.Number, default);
        Assert.That((now!.Status, now.Moves), Is.EqualTo((BookingStatus.Cancelled, 1)));
    }

    [Test]
    public async Task The_month_and_the_day_show_what_is_taken()
    {
        using var clerk = await _host.SignInAsync("chuangkou");
        Assert.That(await clerk.GetStringAsync($"{AppointmentsPage.Path}?branch=binhai&month={_booking.Place.Day:yyyy-MM-dd}"), Does.Match(@"[1-9]\d* / [1-9]\d*"));
        Assert.That(await clerk.GetStringAsync(AppointmentDayPage.PathOf("binhai", _booking.Place.Day)), Does.Contain(_booking.Number).And.Contain("138****8000"));
        Assert.That((await clerk.GetAsync(AppointmentDayPage.PathOf("nowhere", _booking.Place.Day))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_counter_calls_serves_and_finishes_and_a_double_click_calls_one()
    {
        using var clerk = await _host.SignInAsync("chuangkou");
        var group = Plan.GroupFor("getihu", "binhai")!;
        var desk = $"{DeskPage.Path}?branch=binhai&group={group.Id}&counter={group.Counters[0]}";
        for (var i = 0; i < 2; i++)
            (await clerk.SendAsync(desk, "WalkIn", new() { ["service"] = "getihu" })).Dispose();
        var (address, hidden) = await clerk.FormAsync(desk, "Call");
        for (var i = 0; i < 2; i++)
            Assert.That((await clerk.PostAsync(address, ConsoleHost.Content(hidden, []))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(Regex.Count(await clerk.GetStringAsync(desk), "已叫号"), Is.GreaterThan(0));
        foreach (var step in (string[])["Start", "Finish"])
        {
            var (act, fields) = await clerk.FormAsync(desk, "Step");
            Assert.That((await clerk.PostAsync(act, ConsoleHost.Content(fields, new() { ["step"] = step }))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), step);
        }

        var visits = await _host.Services.GetRequiredService<IVisits>().TodayAsync("binhai", default);
        Assert.That(visits.Where(v => v.Group == group.Id).Select(v => v.Status), Is.EquivalentTo(new[] { VisitStatus.Served, VisitStatus.Waiting }));
    }

    [Test]
    public async Task A_closure_is_previewed_then_made_and_those_hit_are_listed()
    {
        var booking = await BookAsync(502, "guohu", "binhai");
        var group = Plan.GroupFor("guohu", "binhai")!;
        using var clerk = await _host.SignInAsync("chuangkou");
        Dictionary<string, string?> closure = new()
        {
            ["Input.Branch"] = "binhai", ["Input.Group"] = $"{group.Id}", ["Input.FromDay"] = $"{booking.Place.Day:yyyy-MM-dd}", ["Input.ToDay"] = $"{booking.Place.Day:yyyy-MM-dd}",
            ["Input.Reason"] = "系统升级",
        };
        using var preview = await clerk.SendAsync(ClosuresPage.Path, "Preview", closure);
        Assert.That(await preview.Content.ReadAsStringAsync(), Does.Contain("1 位市民受影响").And.Contain(booking.Number));
        var (address, hidden) = await clerk.FormAsync(ClosuresPage.Path, "Preview");
        using var closed = await clerk.PostAsync(address.Replace("Preview", "Close", StringComparison.Ordinal), ConsoleHost.Content(hidden, closure));
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await closed.Content.ReadAsStringAsync());
        Assert.That(await clerk.GetStringAsync(ClosuresPage.Path), Does.Contain(booking.Number).And.Contain("系统升级"));
        using var wrong = await clerk.SendAsync(ClosuresPage.Path, "Preview", new(closure) { ["Input.ToDay"] = "2020-01-01", ["Input.Reason"] = "" });
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("结束日期不能早于开始日期").And.Contain("请填写"));
    }

    [Test]
    public async Task An_administrator_changes_hours_services_and_rules()
    {
        using var admin = await _host.SignInAsync("admin");
        var group = Plan.GroupFor("shangpai", "binhai")!;
        var path = CounterGroupPage.PathOf(group.Id, "binhai");
        Dictionary<string, string?> form = new()
        {
            ["Input.Name"] = group.Name, ["Input.Letter"] = group.Letter, ["Input.SlotMinutes"] = "20", ["Input.PerCounter"] = "1", ["Input.Active"] = "true",
            ["Input.Hours"] = "周一至周五 09:00-12:00 2\n周六 09:00-10:00 1", ["Input.Counters"] = "21 22", ["Input.Services"] = "jiazhao\u001fshangpai",
        };
        using var wrong = await admin.SendAsync(path, null, new(form) { ["Input.Hours"] = "周八 9点到12点" });
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("这一行不对"));
        using var saved = await admin.SendAsync(path, null, form);
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(async () => Plan.Group(group.Id)!.SlotMinutes, Is.EqualTo(20).After(10_000, 100));
        Assert.That(Plan.Group(group.Id)!.Openings, Has.Count.EqualTo(6));
        Assert.That(Plan.Group(group.Id)!.Services, Is.EquivalentTo(["jiazhao", "shangpai"]), "what was ticked stays");

        using var rules = await admin.SendAsync(HallsPage.Path, "Rules", RulesOf(Plan.Rules with { OfferMinutes = 12 }));
        Assert.That(rules.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await rules.Content.ReadAsStringAsync());
        Assert.That(() => Plan.Rules.OfferMinutes, Is.EqualTo(12).After(10_000, 100));
        Assert.That(await admin.GetStringAsync(HallCodesPage.PathOf("binhai")), Does.Contain("到厅签到").And.Contain("滨海市民中心"));
        using var holidays = await admin.SendAsync(HolidaysPage.Path, null, new() { ["Lines"] = "2099-01-01 玩 元旦" });
        Assert.That(await holidays.Content.ReadAsStringAsync(), Does.Contain("第 1 行不对"));
    }

    private static Dictionary<string, string?> RulesOf(BookingRules rules) => typeof(BookingRules).GetProperties()
        .Where(p => p.CanWrite).ToDictionary(p => $"Rules.{p.Name}", p => p.GetValue(rules)?.ToString());

    [TestCase("周一至周五 09:00-12:00 3", 5)]
    [TestCase("周六、周日 9:00-16:00 1个窗口", 2)]
    [TestCase("周一 09:00-12:00 3\n周一 11:00-13:00 3", null)]
    [TestCase("周一 12:00-09:00 3", null)]
    [TestCase("周八 09:00-12:00 3", null)]
    [TestCase("", 0)]
    public void Hours_are_read_as_they_are_written(string text, int? openings)
    {
        var (read, _) = OpeningLines.Read(text);
        Assert.That(read?.Count, Is.EqualTo(openings));
        if (read is not null)
            Assert.That(OpeningLines.Read(OpeningLines.Write(read)).Openings, Is.EquivalentTo(read));
    }
}
