using Bot.Data.Numbers;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>What our own processes tell citizens, in words for staff; known by the beginning of its key.</summary>
internal static class MessageNames
{
    private static readonly Dictionary<string, string> s_names = new()
    {
        ["case"] = "工单进展", ["case-photo"] = "工单照片没有取到", ["remind"] = "预约提醒", ["displaced"] = "停办改约", ["desk-cancelled"] = "窗口取消预约", ["desk-moved"] = "窗口改期",
        ["desk-forgiven"] = "撤销爽约", ["ban"] = "爽约限制", ["appeal"] = "爽约申诉", ["wait"] = "候补名额", ["wait-over"] = "候补结束", ["call"] = "叫号", ["missed"] = "过号",
        ["queue-closed"] = "窗口暂停", ["rate"] = "服务评价", ["rate-follow-up"] = "差评回复",
    };

    /// <param name="key">Such as <c>displaced:YY20261122-0007-3:0</c>.</param>
    public static string Of(string key) => s_names.GetValueOrDefault(key.Split(':')[0], "自动消息");

    /// <summary>The booking that it is about; null for anything else.</summary>
    public static string? BookingOf(string key) => key.Split(':') is [not "case", var number, ..] && PublicNumber.TryParse(number) is { } read ? read.Text : null;
}
