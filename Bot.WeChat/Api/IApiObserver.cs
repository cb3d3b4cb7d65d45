namespace Bot.WeChat.Api;

/// <summary>Told of every request, so that the process can count them; must be quick and never throw.</summary>
public interface IApiObserver
{
    /// <param name="api">The path, such as <c>/cgi-bin/message/template/send</c>; never a query.</param>
    /// <param name="errcode">0 on success; the platform's errcode; or one of <see cref="ApiError"/>'s own codes.</param>
    void Called(string api, int errcode, TimeSpan elapsed);

    /// <summary>The platform gave an access token, be it new or the one we had.</summary>
    void TokenRefreshed();
}

internal sealed class NobodyWatches : IApiObserver
{
    public void Called(string api, int errcode, TimeSpan elapsed)
    {
    }

    public void TokenRefreshed()
    {
    }
}
