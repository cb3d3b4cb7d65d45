using Bot.Data.Policies;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>Words and colours that several of these pages share.</summary>
internal static class PolicyLabels
{
    public static IReadOnlyList<(string Path, string Title)> Tabs { get; } =
    [
        (PoliciesPage.Path, "已发布"), (DraftsPage.Path, "稿件"), (MissesPage.Path, "未答问题"), (WordsPage.Path, "同义词与一件事"), (SubscribersPage.Path, "订阅"),
        (BenchPage.Path, "检索试验"), (PolicyImportPage.Path, "导入"),
    ];

    public static IReadOnlyList<(Validity State, string Name)> Validities { get; } =
        [(Validity.InForce, "有效"), (Validity.NotYet, "尚未施行"), (Validity.Amended, "已修订"), (Validity.Lapsed, "已失效")];

    public static string Style(Validity validity) => validity switch
    {
        Validity.InForce => "good",
        Validity.NotYet => "info",
        Validity.Amended => "warn",
        Validity.Lapsed => "bad",
    };

    public static string Style(DraftState state) => state switch
    {
        DraftState.Editing => "",
        DraftState.Submitted or DraftState.Reviewed => "warn",
        DraftState.Issued => "info",
    };

    /// <summary>Why an act on a copy did not happen.</summary>
    public static string Why(DraftResult result) => result switch
    {
        DraftResult.Changed => "稿件刚被他人修改，请刷新后再操作。",
        DraftResult.OwnWork => "自己编辑的稿件要由他人审核、签发。",
        DraftResult.NotNow => "稿件已不在这一步，请刷新后再操作。",
        DraftResult.Gone => "稿件已发布或已删除。",
        DraftResult.Done => "",
    };
}
