using Bot.Data.Cases;
using Bot.Handlers.Appointments;
using Bot.Handlers.Audit;
using Bot.Handlers.Complaints;
using Bot.Handlers.Desk;
using Bot.Handlers.Flows;
using Bot.Handlers.Jobs;
using Bot.Handlers.Keywords;
using Bot.Handlers.Language;
using Bot.Handlers.Messages;
using Bot.Handlers.Notices;
using Bot.Handlers.Notices.Groups;
using Bot.Handlers.Participation;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Privacy;
using Bot.Handlers.Publishing;
using Bot.Handlers.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Handlers;

public static class HandlerServices
{
    extension(IServiceCollection services)
    {
        /// <summary>The dispatcher, every handler and flow that <see cref="BotRoutes"/> names, and the content that they answer from.</summary>
        public IServiceCollection AddBotHandlers() => services.AddBotHandlers(BotRoutes.Table);

        internal IServiceCollection AddBotHandlers(RouteTable table)
        {
            services.AddSingleton(table).AddSingleton<HandlerSet>().AddSingleton<LapsedForms>().AddSingleton<Dispatcher>().AddSingleton<PersonalAnswers>();
            services.AddSingleton<CaseCatalogue>().AddSingleton<CaseReceipt>().AddSingleton<HalfFilled>().AddSingleton<CaseQuestions>().AddSingleton<CategoryNames>().AddSingleton<DocumentLinks>().AddSingleton<CaseTimeline>();
            services.AddSingleton<ICaseLetters, CaseLetters>();
            services.AddSingleton<IJobHandler, AuditCheck>();
            services.AddSingleton<IJobHandler, CasePhotoFetcher>().AddSingleton<IJobHandler, CaseClockJob>().AddSingleton<IJobHandler, CaseForgetting>();
            services.AddSingleton<PolicyLibrary>().AddSingleton<FoundQuestions>().AddSingleton<KeywordRules>().AddSingleton<SensitiveWords>().AddSingleton<ReadingLog>();
            services.AddSingleton<QuestionLog>().AddSingleton<WaysOn>().AddSingleton<MissDesk>();
            services.AddSingleton<IJobHandler, PolicyPublisher>().AddSingleton<IJobHandler, PolicyNewsTeller>().AddSingleton<IJobHandler, PolicyDay>();
            services.AddSingleton<ConsentedNotices>().AddSingleton<IJobHandler, CitizenMessenger>().AddSingleton<IJobHandler, FailedMessages>();
            services.AddSingleton<IJobHandler, ErasureJob>().AddSingleton<IJobHandler, DeskPictureFetcher>().AddSingleton<IJobHandler, RetentionJob>().AddSingleton<IJobHandler, PictureSealing>();
            services.AddSingleton<NoticeComposer>().AddSingleton<IJobHandler, NoticeComposingJob>().AddSingleton<IJobHandler, NoticeGatheringJob>().AddSingleton<NoticeOffice>().AddSingleton<UnkeptResults>();
            services.AddSingleton<INoticeGroup, Tagged>().AddSingleton<INoticeGroup, Everyone>().AddSingleton<INoticeGroup, TopicSubscribers>();
            services.AddAppointmentHandlers();
            services.AddPublishing();
            services.AddParticipation();
            foreach (var target in table.Select(r => r.Target).Distinct())
                services.AddSingleton(target);
            return services;
        }
    }
}
