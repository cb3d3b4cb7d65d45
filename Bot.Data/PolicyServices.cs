using Bot.Data.Policies;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data;

internal static class PolicyServices
{
    extension(IServiceCollection services)
    {
        /// <summary>The stores of documents, of the work on them, and of what is learnt from questions.</summary>
        public IServiceCollection AddPolicies()
        {
            services.AddSingleton<IPolicies, PostgresPolicies>().AddSingleton<IPolicyDrafts, PostgresPolicyDrafts>();
            services.AddSingleton<IPolicyQuestions, PostgresPolicyQuestions>().AddSingleton<IPolicyMisses, PostgresPolicyMisses>().AddSingleton<IPolicyWords, PostgresPolicyWords>();
            services.AddSingleton<IPolicyDays, PostgresPolicyDays>().AddSingleton<IAttachments, PostgresAttachments>();
            return services.AddSingleton<ITopics, PostgresTopics>().AddSingleton<ICitizenRecords, PolicyRecords>();
        }
    }
}
