namespace Bot.WeChat.Api;

public interface IPlatform
{
    Task<ApiResult<Done>> ExplainAsync(string rid, CancellationToken ct);
}
