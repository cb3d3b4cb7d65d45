using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>Citizens who want no notices from this office. Those that another system sends about their own business are not held back.</summary>
public interface INoticeOptOuts
{
    Task ChooseAsync(OpenId citizen, NoticeOptOut choice, CancellationToken ct);

    Task<NoticeOptOut> OfAsync(OpenId citizen, CancellationToken ct);
}

/// <summary>What a citizen does not want.</summary>
public enum NoticeOptOut
{
    /// <summary>They take all.</summary>
    None,

    /// <summary>Nothing that the office sends to many.</summary>
    Bulk,

    /// <summary>Neither that nor reminders and progress of their own business.</summary>
    Everything,
}
