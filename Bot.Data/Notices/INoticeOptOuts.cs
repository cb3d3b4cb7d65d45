using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>Citizens who want fewer notices, or none.</summary>
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

    /// <summary>Nothing that the office's staff send to many; what another system sends goes.</summary>
    Bulk,

    /// <summary>Neither that, nor what other systems send, nor reminders and progress of their own business.</summary>
    Everything,
}
