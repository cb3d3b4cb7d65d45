using Bot.Handlers.Jobs;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Participation.Surveys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Handlers.Participation;

internal static class ParticipationServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddParticipation()
        {
            services.AddSingleton<SurveyLibrary>().AddSingleton<ISurveyGate, SurveyGate>().AddSingleton<SurveyPreview>().AddSingleton<IJobHandler, SurveyEnding>();
            services.TryAddSingleton(new ConsultationOptions());
            services.AddSingleton<ConsultationLibrary>().AddSingleton<ConsultationLinks>().AddSingleton<ConsultationCheck>().AddSingleton<CommentBox>();
            return services.AddSingleton<IJobHandler, ConsultationTeller>();
        }
    }
}
