using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>Citizens who want no notices from this office. Those that another system sends about their own business are not held back.</summary>
public interface INoticeOptOuts
{
    Task OptOutAsync(OpenId citizen, CancellationToken ct);

    Task OptInAsync(OpenId citizen, CancellationToken ct);

    Task<bool> IsOutAsync(OpenId citizen, CancellationToken ct);
}
