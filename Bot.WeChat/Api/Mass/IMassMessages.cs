namespace Bot.WeChat.Api;

/// <summary>群发: a citizen receives at most 4 a calendar month from a 服务号.</summary>
/// <remarks>Success means accepted; a <see cref="MassSentEvent"/> tells the outcome. Source: WeChat Official Accounts documentation, “群发”.</remarks>
public interface IMassMessages
{
    /// <param name="clientMsgId">At most 64 bytes; the platform drops doubles for 24 h. Set it: then an unknown outcome can be repeated.</param>
    Task<ApiResult<MassReceipt>> SendToAllAsync(MassContent content, string? clientMsgId, CancellationToken ct);

    /// <param name="clientMsgId">As above.</param>
    Task<ApiResult<MassReceipt>> SendToTagAsync(int tagId, MassContent content, string? clientMsgId, CancellationToken ct);

    /// <param name="citizens">2 to 10,000.</param>
    /// <param name="clientMsgId">As above.</param>
    Task<ApiResult<MassReceipt>> SendToAsync(IReadOnlyList<OpenId> citizens, MassContent content, string? clientMsgId, CancellationToken ct);

    /// <summary>To one person, to look at first; about 100 a day.</summary>
    Task<ApiResult<Done>> PreviewAsync(OpenId reader, MassContent content, CancellationToken ct);

    /// <returns><c>SEND_SUCCESS</c>, <c>SENDING</c>, <c>SEND_FAIL</c> or <c>DELETE</c>.</returns>
    Task<ApiResult<string>> StatusAsync(long msgId, CancellationToken ct);

    /// <param name="article">From 1; 0 deletes all of them.</param>
    Task<ApiResult<Done>> DeleteAsync(long msgId, int article, CancellationToken ct);

    /// <param name="speed">0 to 4: 80, 60, 45, 30 or 10 thousand a minute.</param>
    Task<ApiResult<Done>> SetSpeedAsync(int speed, CancellationToken ct);
}

/// <param name="MsgId">Equal to <see cref="Event.JobId"/> of the event; that of the first call when a double was dropped (45065).</param>
/// <param name="MsgDataId">For statistics; 0 when not told.</param>
public sealed record MassReceipt(long MsgId, long MsgDataId);

public abstract record MassContent
{
    private MassContent()
    {
    }

    /// <param name="MediaId">Of a draft.</param>
    /// <param name="IgnoreReprint">Go on when the platform judges it a reprint.</param>
    public sealed record Article(string MediaId, bool IgnoreReprint = false) : MassContent;

    public sealed record Text(string Content) : MassContent;

    /// <param name="MediaIds">Permanent pictures.</param>
    public sealed record Images(IReadOnlyList<string> MediaIds, string? Recommend = null) : MassContent;
}
