namespace Bot.Handlers.Messages;

/// <summary>A kind of message that the bot sends by itself and that may go by a template of the account.</summary>
/// <param name="Code">What the program calls it; stays for ever, since messages wait under it.</param>
/// <param name="Title">WeChat's usual title of such a template.</param>
/// <param name="Occasion">When it is sent, for staff.</param>
public sealed record MessageKind(string Code, string Title, string Occasion, IReadOnlyList<MessageField> Fields)
{
    /// <summary>All there are; the data of every message has these fields.</summary>
    public static IReadOnlyList<MessageKind> All { get; } =
    [
        new("booking-reminder", "预约提醒", "前一天和开始前提醒市民，可回复数字确认、改期或取消",
            [new("thing1", "事项", "居住证申领"), At("time2", "预约时间"), new("thing3", "大厅", "市民中心"), Hint("thing4", "请回复1确认、2改期、3取消")]),
        new("booking", "预约成功通知", "工作人员替市民改期后告知新的时间",
            [new("thing1", "事项", "居住证申领"), At("time2", "预约时间"), new("thing3", "大厅", "市民中心"), new("character_string4", "预约号", "YY20261123-0001-0")]),
        new("booking-cancelled", "预约取消通知", "预约被取消、时段停办、候补没有等到空位",
            [new("thing1", "事项", "居住证申领"), At("time2", "原定时间"), Hint("thing3", "设备停机检修，请回复1改约", "原因和办法")]),
        new("waitlist", "候补名额通知", "候补的时段有了空位，过时顺延给下一位",
            [new("thing1", "事项", "居住证申领"), At("time2", "可约时间"), At("time3", "保留至"), Hint("thing4", "请回复1要这个位置，回复2不要了")]),
        new("queue-call", "排队叫号提醒", "叫到号时请市民到窗口",
            [new("thing1", "事项", "居住证申领"), new("character_string2", "排队号", "A003", Needed: true), new("number3", "前面人数", "0"), new("thing4", "窗口", "请到3号窗口", Needed: true)]),
        new("rating", "服务评价邀请", "办结后请市民评价",
            [new("thing1", "事项", "居住证申领"), At("time2", "办结时间", needed: false), Hint("thing3", "请回复1至5评价，1最满意、5最不满意")]),
        new("progress", "业务办理进度提醒", "工单有进展、爽约限制和申诉的结果",
            [new("thing1", "事项", "市容环境，请回复1补充说明"), new("phrase2", "进度", "已答复", Needed: true), At("time3", "更新时间", needed: false), new("character_string4", "编号", "TS20261122-0007-3", Needed: true)]),
        new("policy-update", "政策更新提醒", "市民订阅的政策、征集有了新消息",
            [new("thing1", "政策名称", "居住证办理办法", Needed: true), new("thing2", "发布机构", "市公安局"), new("thing3", "变更内容", "新发布"), new("date4", "日期", "2026年11月23日")]),
    ];

    public static MessageKind? Find(string code) => All.FirstOrDefault(kind => kind.Code == code);

    private static MessageField At(string name, string label, bool needed = true) => new(name, label, "2026年11月24日 09:00", needed);

    // Tells which numbers may be answered.
    private static MessageField Hint(string name, string example, string label = "温馨提示") => new(name, label, example, Needed: true);
}

/// <param name="Name">As in the message's data.</param>
/// <param name="Example">As long as it may get; has to fit the template's field whole.</param>
/// <param name="Needed">Without it the notice would be of no use.</param>
public sealed record MessageField(string Name, string Label, string Example, bool Needed = false);
