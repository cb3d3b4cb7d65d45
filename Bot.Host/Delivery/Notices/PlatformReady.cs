using Bot.Host.Settings;
using Bot.WeChat;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>In demo mode the platform is this process, whose address is known only once it listens; nothing may go to the real one before.</summary>
internal sealed class PlatformReady(IOptions<BotOptions> bot, IOptions<WeChatOptions> weChat, TimeProvider clock)
{
    private static readonly TimeSpan s_asks = TimeSpan.FromMilliseconds(100);

    public async Task WaitAsync(CancellationToken ct)
    {
        while (bot.Value.Demo && weChat.Value.ApiBaseUrl.Length == 0)
            await Task.Delay(s_asks, clock, ct);
    }
}
