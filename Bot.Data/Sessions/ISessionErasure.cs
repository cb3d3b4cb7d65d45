using Bot.WeChat;

namespace Bot.Data.Sessions;

/// <summary>Forgets what the session store holds of a citizen: the open form and what is owed. Stored replies lapse by themselves within ten minutes.</summary>
public interface ISessionErasure
{
    Task ForgetAsync(OpenId citizen);
}
