using Bot.Data.Sessions;
using Bot.WeChat;
using StackExchange.Redis;

namespace Bot.Data.Redis;

internal sealed class RedisSessionErasure(IConnectionMultiplexer redis) : ISessionErasure
{
    public Task ForgetAsync(OpenId citizen) => redis.GetDatabase().KeyDeleteAsync(SessionKeys.Kept(citizen));
}
