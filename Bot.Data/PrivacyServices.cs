using Bot.Data.Audit;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Data;

internal static class PrivacyServices
{
    extension(IServiceCollection services)
    {
        /// <summary>How personal data is sealed, shown, erased and kept from public places.</summary>
        public IServiceCollection AddPrivacy()
        {
            services.TryAddSingleton(MasterKeys.None);
            services.TryAddSingleton(CipherSuite.Aes);
            services.AddSingleton<IFieldCiphers, PostgresFieldCiphers>();
            services.AddSingleton<PictureSeals>();
            services.AddSingleton<IKeyRotation>(provider => ActivatorUtilities.CreateInstance<PostgresKeyRotation>(provider, SealedColumns.All));
            services.AddSingleton<ISensitiveWords, PostgresSensitiveWords>().AddSingleton<IPrivacyConsents, PostgresPrivacyConsents>().AddSingleton<IRetention, PostgresRetention>();
            services.TryAddSingleton<IAuditTrail, PostgresAuditTrail>();
            services.AddSingleton<IAuditAnchors, PostgresAuditAnchors>();
            services.AddSingleton<IPrivacyRequests, PostgresPrivacyRequests>();
            // Everything that is kept about a citizen, in the order in which it is shown and erased.
            services.AddSingleton<ICitizenRecords, MessageRecords>().AddSingleton<ICitizenRecords, NoticeRecords>().AddSingleton<ICitizenRecords, BookingRecords>();
            services.AddSingleton<ICitizenRecords, FollowerRecords>().AddSingleton<ICitizenRecords, DeskRecords>().AddSingleton<ICitizenRecords, SurveyRecords>();
            services.AddSingleton<ICitizenRecords, ConsultationRecords>();
            return services;
        }
    }
}
