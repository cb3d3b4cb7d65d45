using Bot.Data.Numbers;
using Bot.Handlers.Appointments;
using Bot.Handlers.Complaints;
using Bot.Handlers.Desk;
using Bot.Handlers.Notices;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Participation.Surveys;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Life;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Privacy;
using Bot.Handlers.Publishing;
using Bot.Handlers.Routing;
using Bot.WeChat;
using static Bot.Handlers.Routing.Route;

namespace Bot.Handlers;

/// <summary>What the bot answers to: its table of contents.</summary>
public static class BotRoutes
{
    public static RouteTable Table { get; } =
    [
        On("welcome").Message<SubscribeEvent>().To<Welcome>(),
        On("goodbye").Message<UnsubscribeEvent>().To<Goodbye>(),
        On("help").Words("帮助", "?", "菜单", "你好", "您好", "help", "帮助一下", "帮帮我", "帮帮忙").Key("HELP").To<Help>(),
        On("human").Words("人工", "人工客服", "转人工", "人工服务", "找人工").Key("HUMAN").To<HumanDesk>(),
        On("desk").To<DeskTalk>(),
        On("desk.leave").To<DeskLeave>(),

        On("policy").Words("政策", "政策查询").Key("POLICY").Scene("topic_").To<PolicyCategories>(),
        On("policy.find").Prefix(anything => anything.Length > 0, "政策").To<PolicySearch>(),
        On("policy.again").To<PolicyAgain>(),
        On("policy.hot").Words("热门", "大家常问").To<PolicyHot>(),
        On("policy.card").To<PolicyCard>(),
        On("policy.part").To<PolicyPart>(),
        On("policy.helpful").To<PolicyHelpful>(),
        On("policy.unhelpful").To<PolicyUnhelpful>(),
        On("policy.rephrase").To<PolicyRephrase>(),
        On("policy.miss").To<PolicyMiss>(),
        On("policy.wait").To<AnswerWaiting>(),
        On("life").Words("一件事", "人生大事").To<LifeMatters>(),
        On("topic").To<TopicOffer>(),
        On("topic.join").To<TopicJoin>(),
        On("topic.leave").Words("我的订阅", "取消订阅", "退订主题").To<TopicLeave>(),
        On("topic.quit").To<TopicQuit>(),

        On("case").Words("投诉建议", "反映问题", "我要反映").Key("COMPLAIN").Starts<CaseFiling>(),
        On("case.file").Starts<CaseFiling>(),       // with a kind and words, as others offer it: case.file enquiry …
        On("case.complaint").Words("投诉", "我要投诉", "投拆", "我要投拆").AndBehind(CaseDoors.IsMatter).Means("complaint").Starts<CaseFiling>(),
        On("case.report").Words("举报", "我要举报").AndBehind(CaseDoors.IsMatter).Means("report").Starts<CaseFiling>(),
        On("case.enquiry").Words("咨询", "我要咨询").Means("enquiry").Starts<CaseFiling>(),
        On("case.suggestion").Words("建议", "提建议", "我要建议").AndBehind(CaseDoors.IsMatter).Means("suggestion").Starts<CaseFiling>(),
        On("case.help").Words("求助", "我要求助").AndBehind(CaseDoors.IsMatter).Means("help").Starts<CaseFiling>(),
        On("case.praise").Words("表扬", "我要表扬").AndBehind(CaseDoors.IsMatter).Means("praise").Starts<CaseFiling>(),
        On("open").Words("依申请公开", "申请公开", "申请信息公开", "信息公开申请", "政府信息公开申请", "我要申请公开").AndBehind(DisclosureDoors.IsMatter).Key("OPEN").Starts<DisclosureFiling>(),
        On("case.mine").Words("我的工单", "我的投诉", "查工单", "查", "进度", "查进度", "办理进度", "投诉进度", "查询进度").Key("MY_CASES").To<CaseList>(),
        On("case.show").Prefix(CaseLookUp.IsNumber, "查", "查询", "查工单").To<CaseLookUp>(),
        On("case.answer").To<CaseAnswerPages>(),
        On("case.documents").To<AnswerDocuments>(),
        On("case.unrated").Words("评价", "我要评价", "好差评").To<CaseUnrated>(),
        On("case.add").Starts<CaseAddition>(),
        On("case.withdraw").Starts<CaseWithdrawal>(),
        On("case.rate").Starts<CaseRating>(),
        On("case.reopen").Starts<CaseReopening>(),
        On("case.share").To<CaseSharing>(),
        On("case.adopted").Words("采纳的建议", "建议采纳", "金点子").To<AdoptedSuggestions>(),
        On("case.photo").Message<ImageMessage>().Message<VideoMessage>().To<CasePhotoDoor>(),
        On("case.attach").To<CaseAttach>(),
        On("privacy.erase").Words("删除我的数据", "删除我的信息", "清除我的数据").Starts<EraseFlow>(),
        On("privacy.export").Words("导出我的数据", "查看我的数据", "我的数据").To<MyData>(),

        On("book").Words("预约", "预约办事", "我要预约").Prefix(BookingDoors.IsMatter, "预约").Key("BOOK").Scene("svc_", "branch_").Starts<BookingFlow>(),
        On("book.mine").Words("我的预约", "查预约", "查询预约").Key("MY_BOOKINGS").To<MyBookings>(),
        On("book.view").Prefix(static number => PublicNumber.TryParse(number) is { Text: ['Y', 'Y', ..] }, "查", "查询", "我的预约").To<BookingView>(),
        On("book.change").WordsAnd(null, "改期", "改预约时间", "改预约", "修改预约").To<ChangeBooking>(),
        On("book.move").Starts<RescheduleFlow>(),
        On("book.take").To<TakePlace>(),
        On("book.others").To<OfferedPlaces>(),
        On("book.cancel").WordsAnd(null, "取消预约").To<CancelBooking>(),
        On("book.assure").To<AssureBooking>(),
        On("book.wait").To<WaitAnswer>(),
        On("book.forget").Words("删除办事人").To<ForgetVisitors>(),
        On("book.appeal").WordsAnd(null, "爽约申诉").To<AppealBan>(),
        On("book.appeal-ban").Starts<AppealFlow>(),
        On("visit.check-in").Words("签到", "我到了").Scene("checkin_").To<CheckIn>(),
        On("visit.walk-in").Starts<WalkIn>(),
        On("visit.rate").To<RateVisit>(),
        On("halls").To<HallList>(),
        On("book.near").Message<LocationMessage>().To<NearestHalls>(),

        On("news").Words("最新", "最新消息", "新闻", "动态").To<NewsList>(),
        On("news.announcements").Words("公告", "通知公告").To<NewsAnnouncements>(),
        On("news.card").To<NewsCard>(),
        On("news.preview").Prefix(PreviewCode.IsCode, "预览").To<PreviewCode>(),
        On("news.pushed").Message<PublishedEvent>().Message<MassSentEvent>().To<PushResults>(),

        On("survey.list").Words("问卷", "问卷调查", "调查问卷", "投票", "参与").Key("SURVEYS").To<SurveyList>(),
        On("survey").Scene("survey_").Starts<SurveyFlow>(),
        On("consultation.list").Words("民意征集", "征求意见", "意见征集", "意见征求").Key("CONSULTATIONS").To<ConsultationList>(),
        On("consultation").Scene("consult_").Starts<ConsultationFlow>(),

        On("notice.result").Message<TemplateSentEvent>().To<NoticeResults>(),
        On("notice.consent").Message<SubscriptionEvent>().To<ConsentNews>(),
        On("optout").Words("退订", "退订通知").To<OptOut>(),
        On("optout.choose").To<OptOutChosen>(),
        On("notice.bind").Prefix(StaffBinding.IsCode, "绑定").To<StaffBinding>(),
        On("optin").Words("恢复通知", "接收通知").To<OptIn>(),

        On("not-words").Message<VoiceMessage>()
            .Message<LinkMessage>().Message<FileMessage>().Message<UnknownMessage>().To<NotWords>(),
        On("scene").Message<ScanEvent>().To<UnknownScene>(),
        On("silence").To<Silence>(),                // every other event
        On("text").Anything().To<FreeText>(),       // no message meets silence
    ];
}
