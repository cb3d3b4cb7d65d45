using System.Collections.Frozen;
using Bot.Handlers.Language;

namespace Bot.Handlers.Appointments;

/// <summary>Questions that the halls answer, whatever is to be done there: 你们几点下班, 周末上班吗, 怎么去, 电话是多少.</summary>
internal static class HallQuestions
{
    private static readonly FrozenSet<string> s_asked = FrozenSet.ToFrozenSet(
        [
            "几点", "几点开始", "几点上班", "几点下班", "几点开门", "几点关门", "什么时候上班", "什么时候下班", "上班", "下班", "开门", "关门", "上班时间", "下班时间", "工作时间", "办公时间", "营业时间",
            "开放时间", "服务时间", "上不上班", "开不开门", "上班不", "开门不", "休息", "休息不", "放假", "放假不",
            "哪", "哪里", "哪儿", "哪个地方", "啥地方", "位置", "地址", "地点", "地址哪", "位置哪", "地址哪里", "位置哪里", "怎么走", "咋走", "路线", "坐几路车", "电话", "电话号码", "号码", "联系电话", "联系方式", "咨询电话",
            "服务电话", "热线", "服务热线",
            // Whole, as they are fillers elsewhere.
            "办事大厅", "政务大厅", "服务大厅", "服务网点", "附近大厅", "附近的大厅", "最近的大厅",
        ], StringComparer.Ordinal);

    /// <param name="words">Folded.</param>
    public static bool IsMeant(string words) => words.Length >= 2
        && (s_asked.Contains(words) || (BareQuestion.Of(words) is { Length: > 0 } asked && (s_asked.Contains(asked) || (asked is "怎么" or "咋" && IsWay(words)))));

    // 怎么办 asks nothing of a hall; 怎么去 and 怎么来 do.
    private static bool IsWay(string words) => words.AsSpan().ContainsAny("去来到");
}
