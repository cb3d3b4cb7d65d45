using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>What became of a push, in a clerk's words: what happened, and what to do now.</summary>
internal static class PushVerdicts
{
    public const int MassQuotaUsed = 45028;

    private const string Kept = "草稿已保留。";
    private const int Longest = 300;

    /// <summary>The platform's answer tells that it went out, and nothing else.</summary>
    public const string NoFigures = "微信确认已经发出，但结果通知没有收到，所以没有送达人数。通知补到后会自动显示，也可以登录公众平台查看。";

    /// <param name="during">What was being done.</param>
    public static string Of(ApiError error, string what, PushState during) => Cut($"{what}：{error.ForStaff}（{error.Code}）。{Advice(error, during)}{Kept}");

    public static string Of(PushHeard heard) => heard.Kind is PushKind.Publish ? OfPublication(heard.Status) : OfMass(heard.Status);

    public static string InDoubt(ArticlePush push, ApiError? error) => Cut(
        $"{Silence(push, error)}，{(push.Kind is PushKind.Publish ? "可能已经发布" : "可能已经群发")}。请登录公众平台“发表记录”核对，再在这里选择"
        + (push.IsAccepted ? "“已经发出”；如果那里也看不到，可以选择“再问微信”。" : "“已经发出”或“没有发出，重新发送”。"));

    private static string Silence(ArticlePush push, ApiError? error) =>
        error is not null ? $"微信没有告知前一次提交的结果，再次提交时回答“{error.ForStaff}”"
        : push.IsAccepted ? "微信已经收下，但一直没有告知结果" : "微信一直没有告知结果";

    private static string Advice(ApiError error, PushState during) => error switch
    {
        { Code: 40007 } when during is PushState.Sending or PushState.Drafted => "草稿可能在公众平台上被删除了，请再送一次。",
        { Code: 40007 } => "微信找不到其中的图片，系统重新上传后仍不接受。请换一张封面和正文图片再试。",
        { Code: 40005 or 40009 or 40137 or 45001 } => "请换一张 JPG 或 PNG 图片再试。",
        { Code: 45003 } => "请把标题缩短到 32 个字以内再试。",
        { Code: 45004 } => "请缩短摘要再试。",
        { Code: 45002 } => "请精简正文再试。",
        { Code: MassQuotaUsed } => "可以先“发布”（不推送给粉丝），次数恢复后再群发。",
        { Code: 45159 } => "请重新选择标签再试。",
        { Code: 48001 } => "公众号需要完成认证才能使用，请联系管理员。",
        { Code: 48003 } => "请管理员登录公众平台同意群发协议后再试。",
        { Code: 87014 } => "请检查标题、正文和图片有没有不合适的内容，修改后重新送审。",
        { Class: ErrorClass.Alert } => "请联系管理员处理后再试。",
        _ => "请修改后再试。",
    };

    private static string OfPublication(string status) => status switch
    {
        "2" => $"微信判定原创声明不成立，没有发布。{Kept}",
        "3" => $"微信发布失败。请稍后再试。{Kept}",
        "4" => $"微信审核没有通过，没有发布。请检查内容后修改，重新送审。{Kept}",
        "5" => "文章发布后已在公众平台被删除。",
        "6" => "文章发布后被微信封禁，请联系管理员。",
        _ => $"微信没有发布这篇文章（状态 {status}）。{Kept}",
    };

    // err(num) as the platform documents it.
    private static string OfMass(string status) => status switch
    {
        "err(10001)" => $"微信认为内容涉嫌广告，没有群发。{Kept}",
        "err(20001)" => $"微信认为内容涉嫌政治，没有群发。{Kept}",
        "err(20002)" => $"微信认为内容涉嫌色情，没有群发。{Kept}",
        "err(20004)" => $"微信认为内容涉嫌社会，没有群发。{Kept}",
        "err(20006)" => $"微信认为内容涉嫌违法犯罪，没有群发。{Kept}",
        "err(20008)" => $"微信认为内容涉嫌欺诈，没有群发。{Kept}",
        "err(20013)" => $"微信认为内容涉嫌版权，没有群发。{Kept}",
        "err(22000)" => $"微信认为内容涉嫌互推，没有群发。{Kept}",
        "err(21000)" => $"微信认为内容涉嫌其他违规，没有群发。{Kept}",
        "err(30001)" => $"原创校验时系统错误，没有群发。请稍后再试。{Kept}",
        "err(30002)" => $"原创校验没有通过，没有群发。{Kept}",
        "err(30003)" => $"微信判定为转载，没有群发。{Kept}",
        _ => $"群发失败，粉丝没有收到。{Kept}",
    };

    private static string Cut(string words) => words.Length <= Longest ? words : words[..Longest];
}
