using System.Threading.Channels;
using Bot.Data.Followers;
using Bot.Handlers.Desk;

namespace Bot.Host.Delivery;

/// <summary>Writes who follows and who left; what the database does not take now is tried again until it does.</summary>
/// <remarks>
/// A citizen who left cannot be told to try again, so such an event must not be lost with the database's bad minute. What a host
/// that dies in that minute forgets is mended by the platform: it refuses notices to who does not follow (43004).
/// </remarks>
internal sealed partial class FollowLog(IFollowers followers, TimeProvider clock, ILogger<FollowLog> logger) : BackgroundService, IFollowLog
{
    private const int MostWaiting = 100_000;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly Channel<FollowChange> _waiting = Channel.CreateBounded<FollowChange>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public async Task NoteAsync(FollowChange change, CancellationToken ct)
    {
        if (!await TryWriteAsync(change, ct))
            _waiting.Writer.TryWrite(change);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(s_again, clock, stoppingToken);
            while (_waiting.Reader.TryPeek(out var change) && await TryWriteAsync(change, stoppingToken))
                _waiting.Reader.TryRead(out _);
        }
    }

    private async Task<bool> TryWriteAsync(FollowChange change, CancellationToken ct)
    {
        try
        {
            await (change.Follows
                ? followers.FollowedAsync(change.Citizen, change.EventTime, change.Scene, ct)
                : followers.UnfollowedAsync(change.Citizen, change.EventTime, ct));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotWritten(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A follow or unfollow could not be written yet: {Reason}")]
    private partial void LogNotWritten(string reason);
}
