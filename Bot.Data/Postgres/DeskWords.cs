using System.Data.Common;
using System.Security.Cryptography;
using Bot.Data.Privacy;

namespace Bot.Data.Postgres;

/// <summary>What citizens and staff write to each other, as it lies in the database: sealed. Lines from before that are in clear.</summary>
internal static class DeskWords
{
    /// <summary>What stands in the column that the release before reads.</summary>
    public const string Instead = "（已加密）";

    /// <summary>What <see cref="Open"/> reads, of the table <c>l</c>.</summary>
    public const string Columns = "l.words, l.seal_id, l.sealed";

    private const string Field = "conversation_line.sealed";

    public static (Guid Id, byte[] Sealed) Seal(FieldCipher cipher, string words)
    {
        var id = Guid.NewGuid();
        return (id, cipher.Seal(Field, id.ToString("N"), words));
    }

    /// <param name="first">Where the columns begin.</param>
    public static string Open(FieldCipher cipher, DbDataReader row, int first)
    {
        if (row.IsDBNull(first + 2))
            return row.IsDBNull(first) ? "" : row.GetString(first);
        try
        {
            return cipher.Open(Field, row.GetGuid(first + 1).ToString("N"), row.GetFieldValue<byte[]>(first + 2));
        }
        catch (CryptographicException)
        {
            // One line that was tampered with does not take the conversation away.
            return "（无法解密）";
        }
    }
}
