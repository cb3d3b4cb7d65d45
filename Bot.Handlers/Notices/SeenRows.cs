using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Handlers.Notices;

/// <summary>Rows of one list that were there before, to the last letter: each would be a second notice. Sixteen bytes a row.</summary>
public sealed class SeenRows
{
    private readonly Dictionary<UInt128, int> _rows = [];

    /// <returns>The row itself, or one that tells where it stood before.</returns>
    public RequestedRow Once(RequestedRow row)
    {
        if (row.Problem is not null)
            return row;
        var digest = Digest(row);
        return _rows.TryAdd(digest, row.Row) ? row : new(row.Row, null, null, $"与第 {_rows[digest]} 行重复");
    }

    private static UInt128 Digest(RequestedRow row)
    {
        StringBuilder text = new(row.To);
        foreach (var (field, value) in (row.Data ?? new Dictionary<string, string>()).OrderBy(f => f.Key, StringComparer.Ordinal))
            text.Append('\u001f').Append(field).Append('\u001e').Append(value);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
