using System.Buffers.Text;
using System.Text;

namespace Bot.WeChat;

/// <summary>Typed reading of fields. What is missing or no number reads as nothing, unless the caller asks.</summary>
internal static class FieldReading
{
    extension(in FieldTable table)
    {
        public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> name, int parent = FieldTable.Root) =>
            table.Find(parent, name) is >= 0 and var field ? table.Value(field) : default;

        /// <summary>Null when absent.</summary>
        public string? Text(ReadOnlySpan<byte> name, int parent = FieldTable.Root) =>
            table.Find(parent, name) is >= 0 and var field ? Encoding.UTF8.GetString(table.Value(field)) : null;

        /// <summary>Empty when absent.</summary>
        public string TextOrEmpty(ReadOnlySpan<byte> name, int parent = FieldTable.Root) =>
            Encoding.UTF8.GetString(table.Bytes(name, parent));

        /// <summary>The first element of that name below the root; −1 when there is none, and then nothing is below it.</summary>
        public int Child(ReadOnlySpan<byte> name) => table.Find(FieldTable.Root, name);

        /// <summary>Every leaf of that name at any depth inside a child of the root.</summary>
        public IReadOnlyList<string> Leaves(ReadOnlySpan<byte> container, ReadOnlySpan<byte> name)
        {
            var outer = table.Child(container);
            if (outer < 0)
                return [];
            var leaves = new List<string>();
            for (var i = outer + 1; i < table.Count && table[i].Parent >= outer; i++)
            {
                if (table[i].Leaf && table.Name(i).SequenceEqual(name))
                    leaves.Add(Encoding.UTF8.GetString(table.Value(i)));
            }

            return leaves;
        }

        /// <summary>For names that the platform's own texts spell in several ways (<c>MsgID</c>, <c>openid</c>).</summary>
        public ReadOnlySpan<byte> BytesAnyCase(ReadOnlySpan<byte> name, int parent = FieldTable.Root)
        {
            for (var i = 1; i < table.Count; i++)
            {
                if (table[i].Parent == parent && Ascii.EqualsIgnoreCase(table.Name(i), name))
                    return table.Value(i);
            }

            return default;
        }

        /// <summary>Null when absent.</summary>
        public string? TextAnyCase(ReadOnlySpan<byte> name, int parent = FieldTable.Root) =>
            table.BytesAnyCase(name, parent) is { IsEmpty: false } value ? Encoding.UTF8.GetString(value) : null;

        /// <summary>0 when absent or no number of 32 bits.</summary>
        public int Number(ReadOnlySpan<byte> name, int parent = FieldTable.Root) =>
            TryLong(table.Bytes(name, parent), out var number) && number <= int.MaxValue ? (int)number : 0;

        /// <summary>0 when absent, no number, or beyond the range of that coordinate.</summary>
        public double Degrees(ReadOnlySpan<byte> name, double limit, int parent = FieldTable.Root) =>
            Utf8Parser.TryParse(table.Bytes(name, parent), out double degrees, out var taken)
            && taken == table.Bytes(name, parent).Length
            && Math.Abs(degrees) <= limit
                ? degrees
                : 0;
    }

    /// <summary>Digits only, from 0 to 2⁶³−1.</summary>
    public static bool TryLong(ReadOnlySpan<byte> value, out long number) =>
        Utf8Parser.TryParse(value, out number, out var taken)
        && taken == value.Length
        && char.IsAsciiDigit((char)value[0]);
}
