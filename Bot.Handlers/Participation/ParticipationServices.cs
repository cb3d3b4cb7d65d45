using Bot.Handlers.Jobs;
using Bot.Handlers.Participation.Surveys;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Handlers.Participation;

internal static class ParticipationServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddParticipation() => services
            .AddSingleton<SurveyLibrary>().AddSingleton<ISurveyGate, SurveyGate>().AddSingleton<SurveyPreview>()
            .AddSingleton<IJobHandler, SurveyEnding>();
    }
}
