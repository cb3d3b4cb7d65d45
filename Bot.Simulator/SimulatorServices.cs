using System.Diagnostics.CodeAnalysis;
using Bot.Simulator.Api;
using Bot.Simulator.Callbacks;
using Bot.Simulator.Control;
using Bot.Simulator.World;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Simulator;

/// <summary>Mounts the pretend platform in a web application.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "The rule takes extension blocks for members of one name.")]
public static class SimulatorServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the platform. Its state lives in the process and ends with it.</summary>
        public IServiceCollection AddSimulator(SimulatorOptions options)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(options).AddSingleton(new Dice(options.Seed))
                .AddSingleton<VirtualClock>().AddSingleton<LiveFeed>().AddSingleton<Journal>().AddSingleton<Faults>().AddSingleton<Errands>()
                .AddSingleton<Citizens>().AddSingleton<MediaStore>().AddSingleton<QrCodes>().AddSingleton<AccountMenu>()
                .AddSingleton<Templates>().AddSingleton<Tags>().AddSingleton<Tokens>().AddSingleton<Quotas>().AddSingleton<Drafts>().AddSingleton<RecentSends>();
            services.AddSingleton<CallbackAddress>().AddSingleton<Envelope>().AddSingleton<Line>().AddSingleton<PushFactory>()
                .AddSingleton<ReplyRules>().AddSingleton<ReplyReader>().AddSingleton<Forger>().AddSingleton<Courier>()
                .AddSingleton<Conversation>().AddSingleton<CitizenActs>().AddSingleton<JobResults>().AddSingleton<MenuTaps>().AddSingleton<Consents>();
            services.AddSingleton<MenuRules>().AddSingleton<OutgoingMessages>().AddSingleton<ApiDesk>().AddSingleton<ApiDoor>().AddSingleton<TemplateLetter>()
                .AddSingleton(s => new Lazy<ApiDesk>(s.GetRequiredService<ApiDesk>))
                .AddSingleton<IApiGroup, TokenApi>().AddSingleton<IApiGroup, CustomMessageApi>().AddSingleton<IApiGroup, MenuApi>()
                .AddSingleton<IApiGroup, TemplateApi>().AddSingleton<IApiGroup, SubscriptionApi>().AddSingleton<IApiGroup, MediaApi>()
                .AddSingleton<IApiGroup, UserApi>().AddSingleton<IApiGroup, TagApi>().AddSingleton<IApiGroup, QrApi>()
                .AddSingleton<IApiGroup, MassApi>().AddSingleton<IApiGroup, DraftApi>().AddSingleton<IApiGroup, PublishApi>()
                .AddSingleton<IApiGroup, OAuthApi>().AddSingleton<IApiGroup, AccountApi>();
            services.AddSingleton<WorldState>().AddSingleton<ActDesk>();
            return services;
        }
    }

    extension(IServiceProvider services)
    {
        /// <summary>The API's address for a bot in the same process (<c>http://127.0.0.1:5080/simulator/api</c>); null before the server listens.</summary>
        public Uri? SimulatorApiBaseUrl() =>
            services.GetRequiredService<CallbackAddress>().Server is { } server ? new Uri(server, "/simulator/api") : null;
    }

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>Pages and control under <c>/simulator</c>, the platform's API under <c>/simulator/api</c>.</summary>
        public void MapSimulator()
        {
            var simulator = app.MapGroup("/simulator").ExcludeFromDescription();
            Pages.Map(simulator);
            Articles.Map(simulator);
            ControlApi.Map(simulator);
            simulator.Map("/api/{**path}", (string? path, HttpContext http, ApiDoor door) => door.ServeAsync(http, "/" + path)).DisableAntiforgery();
        }

        /// <summary>The API at the root too, as the real platform has it; for a simulator that runs alone.</summary>
        internal void MapPlatformRoot()
        {
            foreach (var root in (string[])["cgi-bin", "sns", "connect", "wxaapi", "customservice"])
                app.Map($"/{root}/{{**path}}", (string? path, HttpContext http, ApiDoor door) => door.ServeAsync(http, $"/{root}/{path}")).DisableAntiforgery();
        }
    }
}
