using Bot.Data.Articles;

namespace Bot.Host.Pages.Console;

/// <summary>States and steps as staff read them.</summary>
internal static class ArticleWords
{
    public static string Of(ArticleState state) => state switch
    {
        ArticleState.Draft => "草稿",
        ArticleState.Review => "待审核",
        ArticleState.Signing => "待签发",
        ArticleState.Scheduled => "待发布",
        ArticleState.Published => "已发布",
        ArticleState.Withdrawn => "已撤下",
    };

    public static string Tone(ArticleState state) => state switch
    {
        ArticleState.Draft => "",
        ArticleState.Review or ArticleState.Signing => "warn",
        ArticleState.Scheduled => "info",
        ArticleState.Published => "good",
        ArticleState.Withdrawn => "bad",
    };

    public static string Of(ArticleAct act) => act switch
    {
        ArticleAct.Submit => "送审",
        ArticleAct.Recall => "撤回送审",
        ArticleAct.Approve => "审核通过",
        ArticleAct.Sign => "签发",
        ArticleAct.Return => "退回",
        ArticleAct.Publish => "发布",
        ArticleAct.Withdraw => "撤下",
    };

    public static string Of(PushKind kind) => kind switch
    {
        PushKind.Preview => "群发预览",
        PushKind.Publish => "发布到公众号",
        PushKind.Mass => "群发",
    };

    public static string Of(PushState state) => state switch
    {
        PushState.Asked => "等待发送预览码",
        PushState.Waiting => "排队中",
        PushState.Drafting => "正在存草稿",
        PushState.Drafted => "已存草稿，正在提交",
        PushState.Sending => "正在提交",
        PushState.Sent => "已提交，等待微信结果",
        PushState.Done => "完成",
        PushState.Failed => "没有成功",
        PushState.Doubtful => "结果不明，请核对",
    };

    public static string Tone(PushState state) => state switch
    {
        PushState.Done => "good",
        PushState.Failed => "bad",
        PushState.Doubtful => "warn",
        PushState.Asked or PushState.Waiting or PushState.Drafting or PushState.Drafted or PushState.Sending or PushState.Sent => "info",
    };
}
