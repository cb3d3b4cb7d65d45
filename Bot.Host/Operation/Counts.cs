using Bot.Handlers.Policies;
using Bot.WeChat.Api;

namespace Bot.Host.Operation;

/// <summary>Counts searches.</summary>
internal sealed class SearchCounts(BotMetrics metrics) : ISearchWatch
{
    public void Searched(TimeSpan took, bool missed) => metrics.Searched(took, missed);
}

/// <summary>Counts calls of the platform's API.</summary>
internal sealed class ApiCounts(BotMetrics metrics) : IApiObserver
{
    public void Called(string api, int errcode, TimeSpan elapsed) => metrics.Called(api, errcode, elapsed);

    public void TokenRefreshed() => metrics.TokenRefreshed();
}
