using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Host.Endpoints.Api;

/// <summary>
/// Where bodies wait while they come: on the disk, so that who sends slowly holds nothing that others need. So many bytes on a host, and half of them of one
/// owner.
/// </summary>
/// <param name="most">Less than the 256 MiB that our deployments give /tmp.</param>
internal sealed class Spool(long most = 160L << 20)
{
    private const int Piece = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);
    private long _all;

    /// <summary>Reads <paramref name="body"/> to its end.</summary>
    /// <returns>Null: there is no room for all of it.</returns>
    public async Task<Spooled?> TakeInAsync(string owner, Stream body, CancellationToken ct)
    {
        Spooled spooled = new(this, owner);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            int read;
            while ((read = await body.ReadAsync(piece, ct)) > 0 && TryHold(owner, read))
                await spooled.AddAsync(piece.AsMemory(0, read), ct);
            if (read == 0)
                return spooled;
        }
        catch
        {
            await spooled.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        await spooled.DisposeAsync();
        return null;
    }

    private bool TryHold(string owner, int bytes)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(owner);
            if (_all + bytes > most || held + bytes > most / 2)
                return false;
            (_held[owner], _all) = (held + bytes, _all + bytes);
            return true;
        }
    }

    private void Free(string owner, int bytes)
    {
        lock (_gate)
        {
            _all -= bytes;
            if ((_held[owner] -= bytes) == 0)
                _held.Remove(owner);
        }
    }

    /// <summary>A body that has come; gone from the disk when disposed.</summary>
    internal sealed class Spooled(Spool spool, string owner) : IAsyncDisposable
    {
        private readonly FileBufferingWriteStream _file = new(Piece);
        private int _length;

        public async Task AddAsync(ReadOnlyMemory<byte> piece, CancellationToken ct)
        {
            _length += piece.Length;
            await _file.WriteAsync(piece, ct);
        }

        /// <summary>Once.</summary>
        public async Task<byte[]> ReadAsync(CancellationToken ct)
        {
            var body = new byte[_length];
            using MemoryStream into = new(body);
            await _file.DrainBufferAsync(into, ct);
            return body;
        }

        public async ValueTask DisposeAsync()
        {
            await _file.DisposeAsync();
            if (_length > 0)
                spool.Free(owner, _length);
            _length = 0;
        }
    }
}
