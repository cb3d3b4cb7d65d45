using System.Globalization;

namespace Bot.Host.Settings;

/// <summary>A setting that staff may change while the hosts run: whole numbers only, within bounds.</summary>
/// <param name="Key">As in the configuration.</param>
/// <param name="Title">For staff.</param>
internal sealed record RunTimeSetting(
    string Key, string Group, string Title, string Unit, int Least, int Most, Func<RunTimeSettings, int> Read, Action<RunTimeSettings, int> Write)
{
    /// <summary>Beside the field; empty for none.</summary>
    public string Hint { get; init; } = "";

    public bool IsRight(int value) => value >= Least && value <= Most;

    public bool IsRight(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IsRight(number);

    public static IReadOnlyList<RunTimeSetting> All { get; } =
    [
        new("Cases:ReopenDays", "投诉工单", "答复后可以要求重新办理的天数", "天", 1, 90, s => s.Cases.ReopenDays, (s, v) => s.Cases.ReopenDays = v),
        new("Cases:RatingDays", "投诉工单", "答复后等待评价的天数", "天", 1, 90, s => s.Cases.RatingDays, (s, v) => s.Cases.RatingDays = v) { Hint = "到期没有评价自动办结；已答复的按答复时的天数" },
        new("Cases:Dispatches", "投诉工单", "最多转办次数", "次", 1, 10, s => s.Cases.Dispatches, (s, v) => s.Cases.Dispatches = v) { Hint = "超过后承办部门不能再退单" },
        new("Cases:CorrectionDays", "依申请公开", "补正期限", "个工作日", 5, 60, s => s.Cases.CorrectionDays, (s, v) => s.Cases.CorrectionDays = v) { Hint = "从发出补正通知起算；已发出的不变" },
        new("Cases:FeeDays", "依申请公开", "缴费期限", "天", 5, 90, s => s.Cases.FeeDays, (s, v) => s.Cases.FeeDays = v) { Hint = "从发出收费通知起算；已发出的不变" },
        new("Policies:SilentDays", "内容保鲜", "政策库多久没有发布就提醒", "天", 1, 365, s => s.Policies.SilentDays, (s, v) => s.Policies.SilentDays = v),
        new("Policies:LapseWarningDays", "内容保鲜", "政策到期前多久提醒", "天", 1, 365, s => s.Policies.LapseWarningDays, (s, v) => s.Policies.LapseWarningDays = v),
        new("Publishing:LapseWarningDays", "内容保鲜", "文章到期前多久提醒", "天", 1, 365, s => s.Publishing.LapseWarningDays, (s, v) => s.Publishing.LapseWarningDays = v),
        new("Publishing:MassPerMonth", "公众号", "每位粉丝每月最多收到的群发", "次", 1, 100, s => s.Publishing.MassPerMonth, (s, v) => s.Publishing.MassPerMonth = v) { Hint = "服务号 4 次；订阅号填 31" },
        new("Publishing:MassToAllPerDay", "公众号", "每天最多群发给全部粉丝", "次", 1, 10, s => s.Publishing.MassToAllPerDay, (s, v) => s.Publishing.MassToAllPerDay = v) { Hint = "以微信对本号的规定为准" },
        new("Participation:ConsultationDays", "互动", "征求意见一般不少于", "天", 1, 365, s => s.Participation.ConsultationDays, (s, v) => s.Participation.ConsultationDays = v) { Hint = "少于这个天数要写明理由" },
        new("Notices:RatePerSecond", "通知", "每秒最多发出的通知", "条", 0, 10_000, s => s.Notices.RatePerSecond, (s, v) => s.Notices.RatePerSecond = v) { Hint = "所有主机合计；0 表示不限" },
        new("Notices:KeepDays", "通知", "收件人信息保存多久", "天", 1, 3650, s => s.Notices.KeepDays, (s, v) => s.Notices.KeepDays = v) { Hint = "到期后删除发给了谁、写了什么" },
        new("Bot:FlowPatience", "会话", "填表时等待回复的时间", "分钟", 1, 1440, s => (int)s.Chat.FlowPatience.TotalMinutes, (s, v) => s.Chat.FlowPatience = TimeSpan.FromMinutes(v)),
        new("Bot:MessagesPerMinute", "会话", "每位市民每分钟最多发送的消息", "条", 120, 6000, s => s.Chat.MessagesPerMinute, (s, v) => s.Chat.MessagesPerMinute = v),
        new("Console:IdleMinutes", "管理台", "多久没有操作就退出登录", "分钟", 5, 240, s => s.Console.IdleMinutes, (s, v) => s.Console.IdleMinutes = v),
    ];

    public static RunTimeSetting? Find(string? key) => All.FirstOrDefault(s => s.Key == key);
}
