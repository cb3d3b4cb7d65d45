using Bot.WeChat;
using Bot.WeChat.Api;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.WeChat.Api;

/// <summary>The registered client, pointed at a scripted platform, with everything it logged.</summary>
internal sealed class ApiClient : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly ServiceProvider _services;

    public ApiClient(string address, TimeProvider? clock = null, Action<IServiceCollection>? with = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.Configure<WeChatOptions>(o =>
        {
            o.AppId = "wx1234567890abcdef";
            o.AppSecret = Secret;
            o.ApiBaseUrl = address;
        });
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton<IApiObserver>(Calls);
        with?.Invoke(services);
        services.AddWeChatApi();
        _services = services.BuildServiceProvider();
    }

    public CapturedLog Log { get; } = new();

    public CountedCalls Calls { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
