using Bot.Data.Policies;

namespace Bot.Handlers.Policies;

/// <summary>What kinds and states of documents are called.</summary>
public static class PolicyNames
{
    public static string Of(PolicyType type) => type switch
    {
        PolicyType.Guide => "办事指南",
        PolicyType.Policy => "政策文件",
        PolicyType.Explanation => "政策解读",
        PolicyType.Faq => "常见问题",
        PolicyType.Reply => "官方答复",
    };

    public static string Of(PolicyStatus status) => status switch
    {
        PolicyStatus.InForce => "有效",
        PolicyStatus.Amended => "已修订",
        PolicyStatus.Repealed => "已废止",
    };

    public static string Of(DraftState state) => state switch
    {
        DraftState.Editing => "编辑中",
        DraftState.Submitted => "待审核",
        DraftState.Reviewed => "待签发",
        DraftState.Issued => "待发布",
    };

    internal static T? Of<T>(string name) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == name)
                return value;
        }

        return null;
    }

    internal static IEnumerable<string> All<T>() where T : struct, Enum => Enum.GetValues<T>().Select(NameOf);

    private static string NameOf<T>(T value) where T : struct, Enum => value switch
    {
        PolicyType type => Of(type),
        PolicyStatus status => Of(status),
        _ => value.ToString(),
    };
}
