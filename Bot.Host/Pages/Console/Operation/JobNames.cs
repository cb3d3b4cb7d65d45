using Bot.Data.Appointments;
using Bot.Data.Articles;
using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Data.Conversations;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Data.Policies;
using Bot.Data.Privacy;
using Bot.Data.Surveys;
using Bot.Handlers.Followers;

namespace Bot.Host.Pages.Console;

/// <summary>What the kinds of jobs are called.</summary>
internal static class JobNames
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Bot.Handlers.Audit.AuditCheck.JobKind] = "校验审计日志",
        [ICases.ClockJob] = "工单期限提醒", [ICasePhotos.JobKind] = "保存工单照片", ["case.forget"] = "清理过期工单草稿",
        [IBookingCare.JobKind] = "预约提醒和爽约登记", [IAppointmentSetup.HealJobKind] = "停办后推荐其他时段", [IAppointmentSetup.RefitJobKind] = "按节假日调整时段", [IWaitlist.JobKind] = "候补通知", [IBookingCare.BanJobKind] = "告知爽约限制", [IVisits.ClosedJobKind] = "告知取号后停办",
        [ICitizenMessages.JobKind] = "通知市民进展", ["citizen-message-failed"] = "未送达消息改用订阅通知", [IPrompts.JobKind] = "发送可回复数字的消息", [IDeskPictures.JobKind] = "保存会话图片",
        [INoticeComposings.JobKind] = "收集通知名单", [INoticeGathering.JobKind] = "发送前更新通知名单", [INoticeWebhooks.JobKind] = "回调业务系统", ["notice-webhook"] = "回调业务系统", [PolicyNews.JobKind] = "告知订阅的市民（政策）", [PolicyNews.PublishJobKind] = "定时发布政策", [IPolicyDays.JobKind] = "政策到期检查",
        [ArticleJobs.Publish] = "定时发布文章", [ArticleJobs.Push] = "文章发往微信", [ArticleJobs.Takedown] = "从微信撤下文章", [ArticleJobs.Tell] = "告知订阅的市民（文章）", [ArticleJobs.Check] = "夜间链接检查",
        [ISurveys.EndJob] = "问卷到期结束", [IConsultationDesk.TellJob] = "告知参与征集的市民", [IPrivacyRequests.EraseJob] = "删除个人信息", ["retention"] = "清理到期的个人信息", [IOpenPictures.JobKind] = "加密以前保存的图片", [TagMirror.JobKind] = "与微信核对粉丝标签",
    };

    public static string Of(string kind) => All.GetValueOrDefault(kind, kind);
}
