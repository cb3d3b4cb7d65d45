namespace Bot.WeChat;

/// <summary>News about the account itself: its desk, its verification, what users allowed it.</summary>
internal static class AccountEvents
{
    public static HumanSessionEvent SessionCreated(in FieldTable fields, in EventHead head) =>
        Session(head, HumanSessionNews.Created, fields.Text("KfAccount"u8), null);

    public static HumanSessionEvent SessionClosed(in FieldTable fields, in EventHead head) =>
        Session(head, HumanSessionNews.Closed, fields.Text("KfAccount"u8), null);

    public static HumanSessionEvent SessionSwitched(in FieldTable fields, in EventHead head) =>
        Session(head, HumanSessionNews.Switched, fields.Text("ToKfAccount"u8), fields.Text("FromKfAccount"u8));

    public static VerificationEvent Verification(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        ExpiredTime = FieldReading.TryLong(fields.Bytes("ExpiredTime"u8), out var expired) ? expired : null,
        FailTime = FieldReading.TryLong(fields.Bytes("FailTime"u8), out var failed) ? failed : null,
        FailReason = fields.Text("FailReason"u8),
    };

    // The spelling of these names differs from source to source.
    public static UserAuthorizationEvent UserAuthorization(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        OpenIdOfUser = fields.TextAnyCase("OpenID"u8),
        AppId = fields.TextAnyCase("AppID"u8),
        RevokeInfo = fields.TextAnyCase("RevokeInfo"u8),
    };

    public static InvoiceAuthorizedEvent Invoice(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        SuccessOrderId = fields.Text("SuccOrderId"u8),
        FailedOrderId = fields.Text("FailOrderId"u8),
        AppId = fields.TextAnyCase("AppId"u8),
        Source = fields.Text("Source"u8),
    };

    private static HumanSessionEvent Session(in EventHead head, HumanSessionNews news, string? agent, string? fromAgent) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        News = news,
        Agent = agent,
        FromAgent = fromAgent,
    };
}
