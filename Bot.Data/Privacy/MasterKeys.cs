using System.Security.Cryptography;

namespace Bot.Data.Privacy;

/// <summary>The keys of <c>Privacy:Keys</c>: the first seals the keys of fields, the others only open what they sealed before.</summary>
/// <remarks>With none, the keys of fields lie in the database unsealed, which protects backups of single tables and nothing else.</remarks>
public sealed class MasterKeys
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly IReadOnlyList<(string Name, byte[] Key)> _keys;

    private MasterKeys(IReadOnlyList<(string Name, byte[] Key)> keys) => _keys = keys;

    public static MasterKeys None { get; } = new([]);

    /// <summary>Empty when none is configured.</summary>
    public string Current => _keys.Count == 0 ? "" : _keys[0].Name;

    /// <param name="master">As it stands beside what it sealed; empty for a key that lies open.</param>
    internal bool Has(string master) => master.Length == 0 || _keys.Any(k => k.Name == master);

    /// <param name="setting"><c>name:base64 of 32 bytes</c>, several separated by commas or spaces; names of 1 to 40 letters, digits, - or _.</param>
    /// <returns>Null when it is malformed.</returns>
    public static MasterKeys? TryParse(string setting)
    {
        List<(string, byte[])> keys = [];
        foreach (var part in setting.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (colon, key) = (part.IndexOf(':', StringComparison.Ordinal), new byte[KeyLength]);
            if (colon is < 1 or > 40 || !part.AsSpan(0, colon).ContainsOnlyNameCharacters() || keys.Any(k => k.Item1 == part[..colon])
                || !Convert.TryFromBase64String(part[(colon + 1)..], key, out var length) || length != KeyLength)
                return null;
            keys.Add((part[..colon], key));
        }

        return new(keys);
    }

    /// <param name="suite">Of the key itself: a key of SM4 lies under SM4.</param>
    /// <returns>The key itself when no master key is configured.</returns>
    internal byte[] Seal(CipherSuite suite, byte[] key)
    {
        if (_keys.Count == 0)
            return key;
        var output = new byte[NonceLength + key.Length + TagLength];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceLength));
        suite.SealKey(_keys[0].Key).Seal(
            output.AsSpan(0, NonceLength), key, output.AsSpan(NonceLength, key.Length), output.AsSpan(NonceLength + key.Length), "field_key"u8);
        return output;
    }

    /// <exception cref="CryptographicException">It was sealed by a key that is not configured any more.</exception>
    internal byte[] Open(CipherSuite suite, string master, byte[] value)
    {
        if (master.Length == 0)
            return value;
        var found = _keys.FirstOrDefault(k => k.Name == master);
        if (found.Key is null)
            throw new CryptographicException($"Privacy:Keys lacks the key “{master}”, which sealed personal data: add it behind the others");
        var key = new byte[value.Length - NonceLength - TagLength];
        suite.SealKey(found.Key).Open(value.AsSpan(0, NonceLength), value.AsSpan(NonceLength, key.Length), value.AsSpan(value.Length - TagLength), key, "field_key"u8);
        return key;
    }
}

internal static class KeyNames
{
    public static bool ContainsOnlyNameCharacters(this ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
