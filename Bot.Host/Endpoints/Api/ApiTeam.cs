using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Endpoints.Api;

/// <summary>The office's own people, the only ones that a team key reaches: clerks who bound their WeChat in the console, and those of the setting.</summary>
internal sealed class ApiTeam(INoticeTesters testers, IOptions<ApiOptions> options)
{
    public const string Refusal = "team 密钥只能发给本单位人员：在管理台绑定了自己微信的，以及 Api:Team 设置中的 openid";

    private readonly string[] _set = options.Value.Team.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <returns>Tells whom the caller may not reach. Nobody's openid is refused elsewhere, in better words.</returns>
    public async Task<Func<string?, bool>> StrangersAsync(ApiKey caller, CancellationToken ct)
    {
        if (caller.Kind is not ApiKeyKind.Team)
            return _ => false;
        HashSet<string> members = [.. _set, .. (await testers.AllAsync(ct)).Select(clerk => clerk.Value)];
        return openId => !string.IsNullOrEmpty(openId) && !members.Contains(openId);
    }
}
