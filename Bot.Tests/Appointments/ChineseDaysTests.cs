using Bot.Handlers.Appointments;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

public sealed class ChineseDaysTests
{
    // A Saturday.
    private static readonly DateOnly s_today = new(2026, 11, 28);

    [TestCase("明天", "2026-11-29")]
    [TestCase("明天上午可以吗", "2026-11-29")]
    [TestCase("后天", "2026-11-30")]
    [TestCase("大后天", "2026-12-01")]
    [TestCase("周三", "2026-12-02")]
    [TestCase("星期六", "2026-11-28")]
    [TestCase("下周三", "2026-12-02")]
    [TestCase("下下周三", "2026-12-09")]
    [TestCase("下个礼拜天", "2026-12-06")]
    [TestCase("本周五", "2026-11-27")]
    [TestCase("12月3号", "2026-12-03")]
    [TestCase("12.3", "2026-12-03")]
    [TestCase("12/3", "2026-12-03")]
    [TestCase("十二月三号", "2026-12-03")]
    [TestCase("2026年12月3日", "2026-12-03")]
    [TestCase("3号", "2026-12-03")]
    [TestCase("30号", "2026-11-30")]
    [TestCase("1月5日", "2027-01-05")]
    [TestCase("11月20日", "2026-11-20")]
    [TestCase("2月30日", null)]
    [TestCase("13月1日", null)]
    [TestCase("随便", null)]
    [TestCase("9点", null)]
    public void Reads_days(string words, string? day) =>
        Assert.That(ChineseDays.Read(words, s_today), Is.EqualTo(day is null ? (DateOnly?)null : DateOnly.Parse(day, null)));

    [TestCase("9点", "09:00")]
    [TestCase("下午3点", "15:00")]
    [TestCase("下午三点半", "15:30")]
    [TestCase("十点一刻", "10:15")]
    [TestCase("14:30", "14:30")]
    [TestCase("早上8点", "08:00")]
    [TestCase("25点", null)]
    [TestCase("上午", null)]
    public void Reads_times(string words, string? time) =>
        Assert.That(ChineseDays.ReadTime(words), Is.EqualTo(time is null ? (TimeOnly?)null : TimeOnly.Parse(time, null)));

    [Test]
    public void Says_days_as_people_do() => Assert.That(
        Enumerable.Range(0, 4).Select(i => ChineseDays.Say(s_today.AddDays(i), s_today)),
        Is.EqualTo(new[] { "今天(周六)11月28日", "明天(周日)11月29日", "后天(周一)11月30日", "12月1日(周二)" }));

    [TestCase("11010519491231002X", "11010519491231002X")]
    [TestCase("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X")]
    [TestCase("110101 19900101 0015", "110101199001010015")]
    [TestCase("11010519491231002x。", "11010519491231002X")]
    [TestCase("110101199001010016", null)]
    [TestCase("110101199013010015", null)]
    [TestCase("11010120990101001X", null)]
    [TestCase("1101011990010100", null)]
    [TestCase("", null)]
    public void Reads_ID_numbers(string said, string? number) => Assert.That(IdNumber.Read(said, s_today), Is.EqualTo(number));

    [TestCase("138 0013 8000", "13800138000")]
    [TestCase("+86-13800138000", "13800138000")]
    [TestCase("13800138000。", "13800138000")]
    [TestCase("12800138000", null)]
    [TestCase("1380013800", null)]
    public void Reads_phones(string said, string? number) => Assert.That(PhoneNumber.Read(said), Is.EqualTo(number));

    [TestCase("𠮷田", "𠮷田", "𠮷*")]
    [TestCase("张𬱖𬱖", "张𬱖𬱖", "张**")]
    [TestCase("王小明。", "王小明", "王**")]
    [TestCase("阿不都·热合曼", "阿不都·热合曼", "阿**")]
    [TestCase("辻󠄀明", "辻󠄀明", "辻󠄀*")]
    [TestCase("𠮷", null, null)]
    [TestCase("王小明1", null, null)]
    [TestCase("😀😀", null, null)]
    public void Reads_names_with_characters_of_all_planes_and_masks_them_whole(string said, string? name, string? masked)
    {
        Assert.That(PersonName.Read(said), Is.EqualTo(name));
        if (name is not null)
            Assert.That(PersonName.Mask(name), Is.EqualTo(masked));
    }
}
