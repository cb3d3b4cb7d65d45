using Bot.Data.Numbers;
using Bot.Handlers.Appointments;
using Bot.Handlers.Desk;
using Bot.Handlers.Notices;
using Bot.Handlers.Policies;
using Bot.Handlers.Privacy;
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
        On("help").Words("帮助", "?", "菜单", "你好", "您好").Key("HELP").To<Help>(),
        On("human").Words("人工", "人工客服", "转人工").Key("HUMAN").To<HumanDesk>(),

        On("policy").Words("政策", "政策查询").Key("POLICY").Scene("topic_").To<PolicyCategories>(),
        On("policy.find").Prefix(anything => anything.Length > 0, "政策").To<PolicySearch>(),
        On("policy.hot").Words("热门", "大家常问").To<PolicyHot>(),
        On("policy.card").To<PolicyCard>(),
        On("policy.helpful").To<PolicyHelpful>(),
        On("policy.unhelpful").To<PolicyUnhelpful>(),
        On("policy.rephrase").To<PolicyRephrase>(),
        On("policy.miss").To<PolicyMiss>(),

        On("book").Words("预约", "预约办事", "我要预约").Prefix(static words => words.Length is > 0 and <= 40, "预约").Key("BOOK").Scene("svc_", "branch_").Starts<BookingFlow>(),
        On("book.mine").Words("我的预约", "查预约", "查询预约").Key("MY_BOOKINGS").To<MyBookings>(),
        On("book.view").Prefix(static number => PublicNumber.TryParse(number) is { Text: ['Y', 'Y', ..] }, "查", "查询", "我的预约").To<BookingView>(),
        On("book.change").WordsAnd(null, "改期").To<ChangeBooking>(),
        On("book.move").Starts<RescheduleFlow>(),
        On("book.take").To<TakePlace>(),
        On("book.cancel").WordsAnd(null, "取消预约").To<CancelBooking>(),
        On("book.assure").To<AssureBooking>(),
        On("book.wait").To<WaitAnswer>(),
        On("book.forget").Words("删除办事人").To<ForgetVisitors>(),
        On("book.appeal").WordsAnd(null, "爽约申诉").To<AppealBan>(),
        On("visit.check-in").Words("签到", "我到了").Scene("checkin_").To<CheckIn>(),
        On("visit.walk-in").To<WalkIn>(),
        On("visit.rate").To<RateVisit>(),
        On("book.near").Message<LocationMessage>().To<NearestHalls>(),
        On("privacy.erase").Words("删除我的数据", "删除我的信息", "清除我的数据").Starts<EraseFlow>(),
        On("privacy.export").Words("导出我的数据", "查看我的数据", "我的数据").To<MyData>(),

        On("notice.result").Message<TemplateSentEvent>().To<NoticeResults>(),
        On("notice.consent").Message<SubscriptionEvent>().To<ConsentNews>(),
        On("optout").Words("退订", "退订通知").To<OptOut>(),
        On("optout.choose").To<OptOutChosen>(),
        On("notice.bind").Prefix(StaffBinding.IsCode, "绑定").To<StaffBinding>(),
        On("optin").Words("恢复通知", "接收通知").To<OptIn>(),

        On("not-words").Message<VoiceMessage>().Message<ImageMessage>().Message<VideoMessage>()
            .Message<LinkMessage>().Message<FileMessage>().Message<UnknownMessage>().To<NotWords>(),
        On("scene").Message<ScanEvent>().To<UnknownScene>(),
        On("silence").To<Silence>(),                // every other event
        On("text").Anything().To<FreeText>(),       // no message meets silence
    ];
}
