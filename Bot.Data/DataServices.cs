using Bot.Data.Calendar;
using Bot.Data.Consultations;
using Bot.Data.Embedded;
using Bot.Data.Followers;
using Bot.Data.Jobs;
using Bot.Data.Keywords;
using Bot.Data.Messages;
using Bot.Data.Postgres;
using Bot.Data.Ratings;
using Bot.Data.Redis;
using Bot.Data.Sessions;
using Bot.Data.Settings;
using Bot.Data.Surveys;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Bot.Data;

public static class DataServices
{
    extension(IServiceCollection services)
    {
        /// <summary>The stores in PostgreSQL. <see cref="Privacy.MasterKeys"/> may be registered before.</summary>
        public IServiceCollection AddBotDatabase(string connectionString)
        {
            Rows.Configure();
            services.AddSingleton(provider => Database.Open(connectionString, provider));
            services.AddPolicies();
            services.AddSingleton<IFollowers, PostgresFollowers>();
            services.AddSingleton<IKeywordReplies, PostgresKeywordReplies>().AddSingleton<ISettings, PostgresSettings>();
            services.AddSingleton<IContentChanges, ContentChanges>();
            services.AddSingleton<PostgresBell>().AddSingleton<IJobs, PostgresJobs>().AddSingleton<ICitizenMessages, PostgresCitizenMessages>();
            services.AddSingleton<ICalendarDays, PostgresCalendarDays>().AddSingleton<CalendarLibrary>();
            services.AddPrivacy();
            services.AddStaff();
            services.AddAppointments();
            services.AddArticleStores();
            services.AddCases();
            services.AddSingleton<IRatings, PostgresRatings>();
            services.AddSingleton<ISurveys, PostgresSurveys>().AddSingleton<ISurveyDesk, PostgresSurveyDesk>().AddSingleton<ISurveyResults, PostgresSurveyResults>();
            services.AddSingleton<IConsultations, PostgresConsultations>().AddSingleton<IConsultationDesk, PostgresConsultationDesk>().AddSingleton<ICommentDesk, PostgresCommentDesk>();
            services.AddSingleton(provider => new DatabaseProbe(provider.GetRequiredService<NpgsqlDataSource>()));
            return services;
        }

        /// <summary>Turns in Redis, for any number of hosts.</summary>
        public IServiceCollection AddRedisSessions(string connectionString)
        {
            services.AddSingleton(_ => RedisConnection.Open(connectionString));
            services.AddSingleton<ISessions, RedisSessions>().AddSingleton<ISessionErasure, RedisSessionErasure>();
            services.AddSingleton(provider => new RedisProbe(provider.GetRequiredService<IConnectionMultiplexer>()));
            return services;
        }

        /// <summary>Turns in this process: demo mode and tests only.</summary>
        public IServiceCollection AddLocalSessions() => services.AddSingleton<LocalSessions>()
            .AddSingleton<ISessions>(provider => provider.GetRequiredService<LocalSessions>())
            .AddSingleton<ISessionErasure>(provider => provider.GetRequiredService<LocalSessions>());
    }
}
