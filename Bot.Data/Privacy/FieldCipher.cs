using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Data.Privacy;

/// <summary>Seals personal fields for the database, and finds equal ones by a keyed hash.</summary>
/// <remarks>
/// A sealed field is key id (4 bytes), nonce (12), ciphertext, tag (16). Field and row are authenticated with it, so that a value
/// copied into another row or column does not open.
/// </remarks>
public sealed class FieldCipher
{
    private const int KeyIdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = KeyIdLength + NonceLength + TagLength;

    private readonly IReadOnlyDictionary<int, ISealKey> _keys;
    private readonly ILookUpKey _lookUp;

    /// <param name="keys">By id.</param>
    /// <param name="newest">Id of the one that seals; the others open.</param>
    internal FieldCipher(IReadOnlyDictionary<int, ISealKey> keys, int newest, ILookUpKey lookUp) =>
        (_keys, Newest, _lookUp) = (keys, newest, lookUp);

    /// <summary>Id of the key that seals now.</summary>
    public int Newest { get; }

    /// <param name="field">Table and column, such as <c>booking.phone</c>.</param>
    /// <param name="row">What tells the row from all others and is known before it is written, such as a run id or a public number.</param>
    public byte[] Seal(string field, string row, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var output = new byte[Overhead + plain.Length];
        BinaryPrimitives.WriteInt32BigEndian(output, Newest);
        var nonce = output.AsSpan(KeyIdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        _keys[Newest].Seal(
            nonce, plain, output.AsSpan(KeyIdLength + NonceLength, plain.Length), output.AsSpan(output.Length - TagLength), Bound(field, row));
        return output;
    }

    /// <exception cref="CryptographicException">It was sealed for another field or row, changed, or its key is gone.</exception>
    public string Open(string field, string row, ReadOnlySpan<byte> value)
    {
        if (value.Length < Overhead || !_keys.TryGetValue(KeyOf(value), out var key))
            throw new CryptographicException($"{field} cannot be opened: its key is not here");
        var plain = new byte[value.Length - Overhead];
        key.Open(value.Slice(KeyIdLength, NonceLength), value[(KeyIdLength + NonceLength)..^TagLength], value[^TagLength..], plain, Bound(field, row));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Equal texts give equal bytes, 32 of them, which tell nothing without the key. For indexes and limits per person.</summary>
    /// <param name="text">Normalised by the caller: an ID number in upper case, a phone without spaces.</param>
    public byte[] LookUp(string field, string text) => _lookUp.Hash(Encoding.UTF8.GetBytes($"{field}\n{text}"));

    /// <summary>Id of the key that a field was sealed with.</summary>
    public static int KeyOf(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value);

    private static byte[] Bound(string field, string row) => Encoding.UTF8.GetBytes($"{field}\n{row}");
}
