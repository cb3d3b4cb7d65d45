namespace Bot.WeChat.Api;

internal sealed class ServiceDesk(WeChatApi api) : IServiceDesk
{
    private const int NoSession = 65413;

    private static readonly ApiCall Agents = ApiCall.Get("/cgi-bin/customservice/getkflist");
    private static readonly ApiCall Online = ApiCall.Get("/cgi-bin/customservice/getonlinekflist");
    private static readonly ApiCall Add = ApiCall.Once("/customservice/kfaccount/add");
    private static readonly ApiCall Update = ApiCall.Repeat("/customservice/kfaccount/update");
    private static readonly ApiCall Invite = ApiCall.Once("/customservice/kfaccount/inviteworker");
    private static readonly ApiCall Remove = ApiCall.Once("/customservice/kfaccount/del");
    private static readonly ApiCall Open = ApiCall.Once("/customservice/kfsession/create");
    private static readonly ApiCall Close = ApiCall.Repeat("/customservice/kfsession/close");
    private static readonly ApiCall One = ApiCall.Get("/customservice/kfsession/getsession");
    private static readonly ApiCall List = ApiCall.Get("/customservice/kfsession/getsessionlist");
    private static readonly ApiCall Waiting = ApiCall.Get("/customservice/kfsession/getwaitcase");
    private static readonly ApiCall Records = ApiCall.Repeat("/customservice/msgrecord/getmsglist");

    public async Task<ApiResult<IReadOnlyList<Agent>>> AgentsAsync(CancellationToken ct) =>
        (await api.AskAsync<AgentsAnswer>(Agents, ct)).Map(a => a.KfList);

    public async Task<ApiResult<IReadOnlyList<OnlineAgent>>> OnlineAsync(CancellationToken ct) =>
        (await api.AskAsync<OnlineAgentsAnswer>(Online, ct)).Map(a => a.KfOnlineList);

    public Task<ApiResult<Done>> AddAsync(string account, string nickname, CancellationToken ct) =>
        api.DoAsync(Add, new AgentBody(account, Nickname: nickname), ct);

    public Task<ApiResult<Done>> RenameAsync(string account, string nickname, CancellationToken ct) =>
        api.DoAsync(Update, new AgentBody(account, Nickname: nickname), ct);

    public Task<ApiResult<Done>> InviteAsync(string account, string weChatId, CancellationToken ct) =>
        api.DoAsync(Invite, new AgentBody(account, InviteWx: weChatId), ct);

    public async Task<ApiResult<Done>> RemoveAsync(string account, CancellationToken ct) =>
        (await api.AskAsync<Answer>(Remove, ct, $"kf_account={Uri.EscapeDataString(account)}")).Pick<Done>(_ => default(Done));

    public Task<ApiResult<Done>> OpenSessionAsync(string account, OpenId citizen, CancellationToken ct) =>
        api.DoAsync(Open, new SessionBody(account, citizen), ct);

    public async Task<ApiResult<Done>> CloseSessionAsync(string account, OpenId citizen, CancellationToken ct)
    {
        var result = await api.DoAsync(Close, new SessionBody(account, citizen), ct);
        return result.Error is { Code: NoSession } ? default(Done) : result;
    }

    public async Task<ApiResult<Session>> SessionOfAsync(OpenId citizen, CancellationToken ct) =>
        (await api.AskAsync<SessionAnswer>(One, ct, $"openid={Uri.EscapeDataString(citizen.Value)}"))
        .Map(a => new Session(a.KfAccount ?? "", a.CreateTime));

    public async Task<ApiResult<IReadOnlyList<CitizenInSession>>> SessionsAsync(string account, CancellationToken ct) =>
        (await api.AskAsync<SessionsAnswer>(List, ct, $"kf_account={Uri.EscapeDataString(account)}")).Map(a => a.SessionList);

    public async Task<ApiResult<WaitingCitizens>> WaitingAsync(CancellationToken ct) =>
        (await api.AskAsync<WaitingAnswer>(Waiting, ct)).Map(a => new WaitingCitizens(a.Count, a.WaitCaseList ?? []));

    public async Task<ApiResult<DeskRecords>> RecordsAsync(DateTimeOffset from, DateTimeOffset to, long afterMsgId, CancellationToken ct) =>
        (await api.PostAsync<RecordsBody, RecordsAnswer>(
            Records, new(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), afterMsgId, DeskRecords.PageSize), ct))
        .Map(a => new DeskRecords(a.RecordList ?? [], a.MsgId));
}
