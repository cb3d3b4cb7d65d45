using Bot.Data.Appointments;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>优先号: each slot of 市民中心 keeps one of its two places.</summary>
public sealed class PriorityTests : BookingChatFixture
{
    private const string Elder = "110101195001010017";

    [SetUp]
    public async Task Reserve()
    {
        await ExecuteAsync("update counter_group set reserved = 1 where branch = 'center'");
        await Stores.LoadAsync();
    }

    [Test]
    public async Task The_database_keeps_them_for_those_with_priority_and_no_more_than_there_are()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 2), default), Is.InstanceOf<BookingResult.SlotFull>(), "the rest is reserved");
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o2"), At("09:00"), false, default), Is.EqualTo(HoldResult.Gone));
        var soldier = await BookedAsync(Wish(At("09:00"), 3) with { Claim = PriorityClaim.Soldier });
        Assert.That((await Stores.Bookings.FindAsync(soldier.Number, default))!.Claim, Is.EqualTo(PriorityClaim.Soldier));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 4) with { Claim = PriorityClaim.Disabled }, default), Is.InstanceOf<BookingResult.SlotFull>());
        Assert.That(() => ExecuteAsync("update slot set priority_taken = 0"), Throws.TypeOf<PostgresException>().With.Message.Contains("slot_reserve_kept"));

        await Stores.Bookings.CancelAsync(soldier.Citizen, soldier.Number, default);
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 2), default), Is.InstanceOf<BookingResult.SlotFull>(), "what a soldier gave back is reserved again");
        await BookedAsync(Wish(At("09:00"), 5) with { Visitor = new("李奶奶", Elder, "13800138000", true) });
    }

    [Test]
    public async Task A_hold_is_kept_beside_the_holds_of_others_on_reserved_places()
    {
        var (anybody, disabled) = (Wish(At("09:00"), 1), Wish(At("09:00"), 2) with { Claim = PriorityClaim.Disabled });
        Assert.That(await Stores.Places.HoldAsync(anybody.Run, anybody.Citizen, anybody.Place, false, default), Is.EqualTo(HoldResult.Held));
        Assert.That(await Stores.Places.HoldAsync(disabled.Run, disabled.Citizen, disabled.Place, true, default), Is.EqualTo(HoldResult.Held));
        Assert.That(await Stores.Places.HoldAsync(Guid.NewGuid(), new("o3"), At("09:00"), true, default), Is.EqualTo(HoldResult.Gone));
        await BookedAsync(anybody);
        await BookedAsync(disabled);
    }

    [Test]
    public async Task A_hold_with_priority_is_on_a_reserved_place_and_on_one_of_the_others_only_once_those_are_gone()
    {
        var (disabled, soldier) = (Wish(At("09:00"), 1) with { Claim = PriorityClaim.Disabled }, Wish(At("09:00"), 2) with { Claim = PriorityClaim.Soldier });
        Assert.That(await FreeAsync(), Is.EqualTo((1, 1)));
        Assert.That(await Stores.Places.HoldAsync(disabled.Run, disabled.Citizen, disabled.Place, true, default), Is.EqualTo(HoldResult.Held));
        Assert.That(await FreeAsync(), Is.EqualTo((1, 0)));
        Assert.That(await Stores.Places.HoldAsync(soldier.Run, soldier.Citizen, soldier.Place, true, default), Is.EqualTo(HoldResult.Held));
        Assert.That(await FreeAsync(), Is.EqualTo((0, 0)));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 3), default), Is.InstanceOf<BookingResult.SlotFull>());

        await Stores.Places.ReleaseAsync(soldier.Citizen, default);
        await BookedAsync(Wish(At("09:00"), 3));
        Assert.That(await Stores.Bookings.BookAsync(Wish(At("09:00"), 4) with { Claim = PriorityClaim.Disabled }, default), Is.InstanceOf<BookingResult.SlotFull>(), "it is held");
        await BookedAsync(disabled);

        async Task<(int, int)> FreeAsync() => (await Stores.Places.FreeAsync(At("09:00").Group, Tomorrow, Tomorrow, default, default))[0] is var slot ? (slot.Free, slot.Reserved) : default;
    }

    [Test]
    public async Task A_reserved_place_that_is_given_back_goes_to_who_waits_with_priority()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        var soldier = await BookedAsync(Wish(At("09:00"), 2) with { Claim = PriorityClaim.Soldier });
        await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 3), default);
        await Stores.Waitlist.WaitAsync(Wish(At("09:00"), 4) with { Visitor = new("李奶奶", Elder, "13800138000", true) }, default);
        await Stores.Bookings.CancelAsync(soldier.Citizen, soldier.Number, default);
        List<string> told = [];
        await Stores.Waitlist.OfferAsync(At("09:00"), o =>
        {
            told.Add(o.Citizen.Value);
            return new() { Key = $"w{o.Id}", To = o.Citizen, Words = "有位" };
        }, _ => throw new AssertionException("the slot is open"), default);
        Assert.That(told, Is.EqualTo(["o4"]));
        Assert.That(await Stores.Waitlist.TakeAsync(new("o4"), await AskAsync<long>("select id from waitlist where openid = 'o4'"), null, default), Is.InstanceOf<BookingResult.Booked>());
    }

    [Test]
    public async Task Fewer_reserved_places_are_anybodys_at_once_and_a_closure_keeps_the_sums_right()
    {
        await BookedAsync(Wish(At("09:00"), 1));
        await BookedAsync(Wish(At("09:00"), 2) with { Claim = PriorityClaim.Disabled });
        await Stores.Setup.SaveGroupAsync(Stores.Plans.Current.Group(At("09:30").Group)! with { Reserved = 0 }, Clerk, default);
        await Stores.LoadAsync();
        await BookedAsync(Wish(At("09:30"), 3));
        await BookedAsync(Wish(At("09:30"), 4));
        await Stores.Setup.CloseAsync(new(0, "center", At("09:00").Group, Tomorrow, Tomorrow, null, null, 1, "检修"), Clerk, default);
        Assert.That(await AskAsync<string>("select string_agg(concat_ws('/', capacity, taken, priority_taken, reserved, common), ' ' order by start) from slot"), Is.EqualTo("1/1/0/0/0 1/1/0/0/0"));
    }

    [Test]
    public Task They_are_offered_when_nothing_else_is_left() => PlaysAsync(
        """
        >! fill 09:00
        (filled)
        > 预约居住证
        …
        > 1
        …
        > 1
        【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:30-10:00 余1
        2. 09:00-09:30 优先号余1
        > 2
        这个时段的普通号已经约满，还有优先号，留给60岁及以上老年人、残疾人、军人和退役军人，到场时请出示证件。办理人属于哪一类？请回复数字：
        1. 60岁及以上老年人
        2. 残疾人
        3. 军人、退役军人
        4. 都不是，候补普通号
        > 1
        …
        > 王小明
        …
        > 110101199001010015
        …
        > 13800138000
        …
        > 1
        身份证号显示办理人未满60岁，不能使用老年人的优先号。请另选一个时段，您填写的其他内容都已保留。
        【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:30-10:00 余1
        2. 09:00-09:30 优先号余1
        > 2
        …
        > 2
        请核对预约信息：
        …
        > 1
        预约成功！
        …
        """);
}
