using System.Collections.Concurrent;
using System.Threading.Channels;
using Bot.Data.Followers;
using Bot.Host.Operation;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>Notes behind the messages' way when each citizen was last heard of; the customer-service window counts from it.</summary>
/// <remarks>
/// A citizen who goes on writing is noted once in five minutes: the window of 48 hours then looks five minutes shorter than it
/// is, which errs on the safe side. What is noted while the database is away waits, up to a limit.
/// </remarks>
internal sealed partial class HeardLog(IFollowers followers, TimeProvider clock, ILogger<HeardLog> logger) : BatchWriter(TimeSpan.FromSeconds(2), clock)
{
    private const int MostWaiting = 100_000;
    private const int MostRemembered = 200_000;
    private const int BatchSize = 5_000;

    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<OpenId, long> _noted = new();
    private readonly Channel<Heard> _waiting = Channel.CreateBounded<Heard>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Note(Inbound message)
    {
        if (message is not (Message or ClickEvent or ScanEvent or ScanCodeEvent))
            return;
        var at = Clock.GetTimestamp();
        if (_noted.TryGetValue(message.From, out var before) && Clock.GetElapsedTime(before, at) < s_again)
            return;
        _noted[message.From] = at;
        _waiting.Writer.TryWrite(new(message.From, Clock.GetUtcNow()));
    }

    protected override async Task<bool> WriteAsync(CancellationToken ct)
    {
        // Here, since counting stops every writer: what comes within two seconds fits into memory anyway.
        if (_noted.Count >= MostRemembered)
            _noted.Clear();
        List<Heard> batch = [];
        while (_waiting.Reader.TryRead(out var heard))
        {
            batch.Add(heard);
            if (batch.Count == BatchSize && !await TryWriteAsync(batch, ct))
                return false;
        }

        return batch.Count > 0 && await TryWriteAsync(batch, ct);
    }

    private async Task<bool> TryWriteAsync(List<Heard> batch, CancellationToken ct)
    {
        try
        {
            await followers.HeardFromAsync(batch, ct);
            batch.Clear();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotWritten(e.Message, batch.Count);
            foreach (var heard in batch)
                _waiting.Writer.TryWrite(heard);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} citizens' last messages could not be noted yet: {Reason}")]
    private partial void LogNotWritten(string reason, int count);
}
