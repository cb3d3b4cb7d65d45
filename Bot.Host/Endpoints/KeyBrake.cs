using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bot.Host.Pages.Public;

namespace Bot.Host.Endpoints;

/// <summary>
/// Stands between the keys and cookies that anybody may send and the database that knows them. A key that was good here is always looked up again;
/// one that nobody has costs one look a minute, and an address has so many of these.
/// </summary>
internal sealed class KeyBrake(TimeProvider clock)
{
    /// <summary>Unknown keys of one address a minute: more than people with old cookies behind one router send.</summary>
    public const int Tries = 300;

    private const int MostGood = 50_000;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<UInt128, bool> _good = [];
    private readonly Lock _gate = new();
    private Minute _minute = new(default);

    /// <returns>Null: the address has had its tries, and nobody is asked.</returns>
    public Look? Begin(HttpContext http, string key)
    {
        var (print, minute) = (PrintOf(key), Now());
        if (_good.ContainsKey(print))
            return new(this, minute, null, print, false);
        if (minute.Unknown.ContainsKey(print))
            return new(this, minute, null, print, true);
        var network = Visitors.Network(http.Connection.RemoteIpAddress ?? IPAddress.None);
        // Counted before anybody is asked: many at once are no more than one after the other.
        if (minute.Count(network, 1) <= Tries)
            return new(this, minute, network, print, false);
        minute.Count(network, -1);
        return null;
    }

    /// <summary>A key that was given out here, and that nobody has to look up to know it.</summary>
    public void Know(string key)
    {
        if (_good.Count >= MostGood)
            _good.Clear();
        _good[PrintOf(key)] = true;
    }

    private static UInt128 PrintOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    // What is counted is forgotten whole, so that no number of addresses fills the memory.
    private Minute Now()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
            return now - _minute.Began is var age && age >= TimeSpan.Zero && age < s_window ? _minute : _minute = new(now);
    }

    internal sealed class Look(KeyBrake brake, Minute minute, IPAddress? counted, UInt128 print, bool isUnknown)
    {
        /// <summary>Nobody had it a moment ago: there is no need to ask.</summary>
        public bool IsUnknown => isUnknown;

        /// <param name="good">Null: nobody looked.</param>
        public void End(bool? good)
        {
            if (good is not false && counted is not null)
                minute.Count(counted, -1);
            if (good is true)
            {
                if (brake._good.Count >= MostGood)
                    brake._good.Clear();
                brake._good[print] = true;
            }
            else if (good is false)
            {
                brake._good.TryRemove(print, out _);
                minute.Unknown[print] = true;
            }
        }
    }

    internal sealed class Minute(DateTimeOffset began)
    {
        private readonly ConcurrentDictionary<IPAddress, int> _tries = [];

        public DateTimeOffset Began => began;

        public ConcurrentDictionary<UInt128, bool> Unknown { get; } = [];

        public int Count(IPAddress network, int more) => _tries.AddOrUpdate(network, more, (_, tries) => tries + more);
    }
}
