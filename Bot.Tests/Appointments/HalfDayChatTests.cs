using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>上午 and 下午: of the day with which they were said, and never in the way of a time that is named.</summary>
public sealed class HalfDayChatTests : BookingChatFixture
{
    private const string ToTheAfternoon =
        """
        > 预约居住证
        …
        > 1
        …
        > 下周三下午
        【12月2日(周三)】以下是下午的时段，请回复数字；回复“全天”查看当天全部时段：
        1. 13:30-14:00 余2
        2. 14:00-14:30 余2
        """;

    [SetUp]
    public async Task OpenInTheAfternoon()
    {
        await ExecuteAsync("insert into opening select counter_group, weekday, '13:30', '14:30', counters from opening");
        await Stores.LoadAsync();
    }

    [Test]
    public Task A_half_that_was_said_of_one_day_says_nothing_of_another() => PlaysAsync(
        $"""
        {ToTheAfternoon}
        > 返回
        【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 12月3号
        【12月3日(周四)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:00-09:30 余2
        2. 09:30-10:00 余2
        3. 13:30-14:00 余2
        4. 14:00-14:30 余2
        > 返回
        …
        > 下周三
        【12月2日(周三)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        …
        """);

    [Test]
    public Task A_time_of_the_other_half_is_had_all_the_same() => PlaysAsync(
        $"""
        {ToTheAfternoon}
        > 上午9点
        已为您保留这个时段5分钟。
        …
        > 返回
        【12月2日(周三)】以下是下午的时段，请回复数字；回复“全天”查看当天全部时段：
        …
        > 8点
        08:00没有可以预约的时段，请选择下面的时段。
        …
        """);

    [Test]
    public Task The_other_half_and_the_whole_day_are_shown_when_they_are_named() => PlaysAsync(
        $"""
        {ToTheAfternoon}
        > 上午
        【12月2日(周三)】以下是上午的时段，请回复数字；回复“全天”查看当天全部时段：
        1. 09:00-09:30 余2
        2. 09:30-10:00 余2
        > 全天
        【12月2日(周三)】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        1. 09:00-09:30 余2
        2. 09:30-10:00 余2
        3. 13:30-14:00 余2
        4. 14:00-14:30 余2
        """);
}
