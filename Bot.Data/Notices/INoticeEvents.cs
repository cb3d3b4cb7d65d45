namespace Bot.Data.Notices;

/// <summary>Final outcomes, as WeChat pushes them.</summary>
public interface INoticeEvents
{
    /// <summary>In any order, repeated, before the row knows its id: all the same. Kept when this returns.</summary>
    Task HearAsync(NoticeEvent heard, CancellationToken ct);
}
