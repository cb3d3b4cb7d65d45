using System.Threading.Channels;
using Bot.Data.Notices;

namespace Bot.Handlers.Notices;

/// <summary>Results that came while the database was away. The oldest are dropped when there are too many: their notices stay 已发出.</summary>
public sealed class UnkeptResults
{
    private const int Most = 100_000;

    private readonly Channel<NoticeEvent> _waiting = Channel.CreateBounded<NoticeEvent>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    internal void Add(NoticeEvent heard) => _waiting.Writer.TryWrite(heard);

    /// <summary>Keeps them now, as far as it goes.</summary>
    public async Task KeepAsync(INoticeEvents events, CancellationToken ct)
    {
        while (_waiting.Reader.TryRead(out var heard))
        {
            try
            {
                await events.HearAsync(heard, ct);
            }
            catch
            {
                Add(heard);
                throw;
            }
        }
    }
}
