using Bot.Data.ApiKeys;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Endpoints.Api;

/// <summary>The office's own people: the only ones that a team key reaches.</summary>
internal sealed class ApiTeam(IOptions<ApiOptions> options)
{
    public const string Refusal = "team 密钥只能发给 Api:Team 设置中的 openid";

    private readonly HashSet<string> _members =
        [.. options.Value.Team.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Nobody's openid is refused elsewhere, in better words.</summary>
    public bool Refuses(ApiKey caller, string? openId) => caller.Kind is ApiKeyKind.Team && !string.IsNullOrEmpty(openId) && !_members.Contains(openId);
}
