using System.Text.Json;

namespace Bot.Bench.Load;

/// <summary>What citizens write.</summary>
/// <param name="Words">The words of the n-th message.</param>
internal sealed record Workload(string Name, Func<int, string> Words)
{
    private static readonly string[] s_matters =
        ["我的订单", "会员积分", "附近的门店", "退货申请", "电子发票", "优惠券", "快递进度", "营业时间", "客服电话", "预约挂号"];

    private static readonly string[] s_asks = ["怎么查询？", "什么时候能到账", "在哪里可以看到呢", "帮我看一下，谢谢", "为什么还没有更新", "可以取消吗"];

    private static readonly string[] s_questions = ["怎么办理？", "需要什么材料", "在哪里办？", "要多少钱", "多久能办好？", ""];

    /// <summary>Matters of somebody else's: words that no command and no document fits, all different.</summary>
    public static Workload FreeText { get; } =
        new("free text", i => $"{s_matters[i % s_matters.Length]}{s_asks[i * 7 % s_asks.Length]} 编号{100_000 + i % 900_000}");

    /// <summary>Questions about the demo's guides.</summary>
    public static Workload PolicyQuestions()
    {
        using var guides = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Demo", "policies.json")));
        string[] titles = [.. guides.RootElement.GetProperty("guides").EnumerateArray().Select(g => g.GetProperty("title").GetString()!)];
        return new("policy questions", i => titles[i * 31 % titles.Length] + s_questions[i % s_questions.Length]);
    }
}
