using Bot.Data.Consultations;

namespace Bot.Host.Pages.Console;

/// <summary>What staff and citizens call the parts of a consultation.</summary>
public static class ConsultationLabels
{
    public static string Of(ConsultationState state) => state switch
    {
        ConsultationState.Draft => "未发布",
        ConsultationState.Waiting => "未开始",
        ConsultationState.Open => "正在征集",
        ConsultationState.Closed => "已截止",
        ConsultationState.Reported => "已公布采纳情况",
        ConsultationState.Stopped => "已终止",
    };

    public static string Tone(ConsultationState state) => state switch
    {
        ConsultationState.Draft or ConsultationState.Closed => "warn",
        ConsultationState.Waiting => "info",
        ConsultationState.Open or ConsultationState.Reported => "good",
        ConsultationState.Stopped => "bad",
    };

    public static string Of(CommentState state) => state switch { CommentState.Waiting => "待审核", CommentState.Shown => "已公开", CommentState.Hidden => "不公开" };

    public static string Tone(CommentState state) => state switch { CommentState.Waiting => "warn", CommentState.Shown => "good", CommentState.Hidden => "" };

    public static string Of(CommentWay way) => way switch { CommentWay.Chat => "聊天", CommentWay.Link => "网页（微信进入）", CommentWay.Page => "网页（匿名）" };

    public static string Of(PointVerdict verdict) => verdict switch { PointVerdict.Adopted => "采纳", PointVerdict.Partly => "部分采纳", PointVerdict.Declined => "未采纳" };

    public static string Tone(PointVerdict verdict) => verdict switch { PointVerdict.Adopted => "good", PointVerdict.Partly => "info", PointVerdict.Declined => "" };
}
