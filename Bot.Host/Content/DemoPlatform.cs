using Bot.Handlers.Desk;
using Bot.Host.Settings;
using Bot.Simulator;
using Bot.WeChat;
using Microsoft.Extensions.Options;

namespace Bot.Host.Content;

/// <summary>Demo mode's WeChat: a simulator in this process, unless another platform is configured.</summary>
internal static class DemoPlatform
{
    // Until the simulator's address is known: the demo's account is never shown to the real platform.
    private const string Nowhere = "http://127.0.0.1:9";

    extension(WebApplicationBuilder builder)
    {
        /// <returns>False when <c>WeChat:ApiBaseUrl</c> names a platform of its own.</returns>
        public bool AddDemoPlatform()
        {
            var settings = builder.Configuration;
            var account = new SimulatorOptions { AccountName = BotOptions.NameOf(settings["Bot:AccountName"] ?? "", demo: true) };
            foreach (var (key, value) in (IEnumerable<(string, string)>)
            [
                ("AppId", account.AppId), ("AppSecret", account.AppSecret), ("Token", account.Token), ("EncodingAESKey", account.EncodingAESKey),
            ])
            {
                if (string.IsNullOrEmpty(settings[$"WeChat:{key}"]))
                    settings[$"WeChat:{key}"] = value;
            }

            if (!string.IsNullOrEmpty(settings["WeChat:ApiBaseUrl"]))
                return false;
            account.AppId = settings["WeChat:AppId"]!;
            account.AppSecret = settings["WeChat:AppSecret"]!;
            account.Token = settings["WeChat:Token"]!;
            account.EncodingAESKey = settings["WeChat:EncodingAESKey"]!;
            account.Mode = settings.GetValue("WeChat:Mode", WeChatMode.Safe);
            builder.Services.AddSimulator(account);
            builder.Services.PostConfigure<WeChatOptions>(options => options.ApiBaseUrl = Nowhere);
            return true;
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Call once the server listens: only then are its addresses known.</summary>
        public void JoinDemoPlatform()
        {
            var here = app.Services.SimulatorApiBaseUrl() ?? throw new InvalidOperationException("The server does not listen yet");
            app.Services.GetRequiredService<IOptions<WeChatOptions>>().Value.ApiBaseUrl = here.ToString();
        }

        /// <summary>Links in replies lead to this server when nothing else is configured.</summary>
        public void UseOwnAddress()
        {
            var options = app.Services.GetRequiredService<IOptions<BotOptions>>().Value;
            if (options.PublicBaseUrl.Length == 0)
                options.PublicBaseUrl = app.Services.GetRequiredService<AccountProfile>().PublicBaseUrl = app.Urls.First().TrimEnd('/');
        }
    }
}
