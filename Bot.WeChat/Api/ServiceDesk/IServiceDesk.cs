namespace Bot.WeChat.Api;

/// <summary>客服: the platform's own desk, whose agents answer in WeChat's customer-service page.</summary>
/// <remarks>65400 when the function is not switched on. Source: WeChat Official Accounts documentation, “客服管理”, “会话控制”.</remarks>
public interface IServiceDesk
{
    Task<ApiResult<IReadOnlyList<Agent>>> AgentsAsync(CancellationToken ct);

    Task<ApiResult<IReadOnlyList<OnlineAgent>>> OnlineAsync(CancellationToken ct);

    /// <param name="account">Prefix of up to 10 letters or digits, <c>@</c>, the account's WeChat id.</param>
    Task<ApiResult<Done>> AddAsync(string account, string nickname, CancellationToken ct);

    Task<ApiResult<Done>> RenameAsync(string account, string nickname, CancellationToken ct);

    /// <summary>Asks a person by WeChat id to take the account over.</summary>
    Task<ApiResult<Done>> InviteAsync(string account, string weChatId, CancellationToken ct);

    Task<ApiResult<Done>> RemoveAsync(string account, CancellationToken ct);

    /// <summary>65414 another agent serves the citizen, 65415 the agent is not online: both <see cref="ErrorClass.Normal"/> errors.</summary>
    Task<ApiResult<Done>> OpenSessionAsync(string account, OpenId citizen, CancellationToken ct);

    /// <summary>Succeeds also when there was no session (65413).</summary>
    Task<ApiResult<Done>> CloseSessionAsync(string account, OpenId citizen, CancellationToken ct);

    /// <summary><see cref="Session.Account"/> is empty when no agent serves the citizen.</summary>
    Task<ApiResult<Session>> SessionOfAsync(OpenId citizen, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<CitizenInSession>>> SessionsAsync(string account, CancellationToken ct);

    Task<ApiResult<WaitingCitizens>> WaitingAsync(CancellationToken ct);

    /// <param name="from">At most 24 h before <paramref name="to"/> (65417).</param>
    /// <param name="afterMsgId">1 for the first page, then <see cref="DeskRecords.LastMsgId"/>.</param>
    Task<ApiResult<DeskRecords>> RecordsAsync(DateTimeOffset from, DateTimeOffset to, long afterMsgId, CancellationToken ct);
}
