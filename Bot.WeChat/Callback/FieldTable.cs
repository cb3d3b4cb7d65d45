using System.Buffers;

namespace Bot.WeChat;

/// <summary>One element of a callback body, XML or JSON, by its place in the table's text.</summary>
/// <remarks>A place below zero is counted in the decoded bytes instead (<c>~place</c>).</remarks>
internal struct Field
{
    public int Name;
    public int NameLength;
    public int Parent;
    public int Value;
    public int ValueLength;
    public bool Leaf;
}

/// <summary>The elements of a body in document order. The root is field 0; a JSON array is so many fields of one name.</summary>
internal ref struct FieldTable(ReadOnlySpan<byte> source, Span<Field> room)
{
    /// <summary>Fields that fit without renting: every known message but long lists.</summary>
    public const int Usual = 32;

    public const int MaxCount = 512;
    public const int MaxDepth = 16;
    public const int MaxName = 128;
    public const int Root = 0;

    private readonly ReadOnlySpan<byte> source = source;
    private Span<Field> fields = room;
    private Field[]? rentedFields;
    private byte[]? decoded;
    private int used;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<byte> Source => source;

    public readonly ref Field this[int index] => ref fields[index];

    /// <summary>The new field's number; −1 when the body holds more than any message does.</summary>
    public int Add(int parent, int name, int nameLength)
    {
        if (Count == MaxCount)
            return -1;
        if (Count == fields.Length)
            Grow();
        fields[Count] = new Field { Name = name, NameLength = nameLength, Parent = parent };
        return Count++;
    }

    public readonly ReadOnlySpan<byte> Name(int index) => Bytes(fields[index].Name, fields[index].NameLength);

    public readonly ReadOnlySpan<byte> Value(int index) => Bytes(fields[index].Value, fields[index].ValueLength);

    /// <summary>Room for decoded bytes: as long as the source is always enough, since no escape is shorter than what it means.</summary>
    public Span<byte> Scratch => (decoded ??= ArrayPool<byte>.Shared.Rent(Math.Max(source.Length, 1))).AsSpan(used);

    /// <summary>Keeps the first bytes of <see cref="Scratch"/>; gives back their place.</summary>
    public int Keep(int length)
    {
        var place = ~used;
        used += length;
        return place;
    }

    /// <summary>The next field of that name under that parent, from <paramref name="start"/> on; −1 when there is none.</summary>
    public readonly int Find(int parent, ReadOnlySpan<byte> name, int start = 0)
    {
        for (var i = start; i < Count; i++)
        {
            if (fields[i].NameLength == name.Length && fields[i].Parent == parent && Name(i).SequenceEqual(name))
                return i;
        }

        return -1;
    }

    public readonly void Dispose()
    {
        if (rentedFields is not null)
            ArrayPool<Field>.Shared.Return(rentedFields);
        if (decoded is not null)
            ArrayPool<byte>.Shared.Return(decoded);
    }

    private readonly ReadOnlySpan<byte> Bytes(int place, int length) =>
        place >= 0 ? source.Slice(place, length) : decoded.AsSpan(~place, length);

    private void Grow()
    {
        var larger = ArrayPool<Field>.Shared.Rent(fields.Length * 4);
        fields.CopyTo(larger);
        if (rentedFields is not null)
            ArrayPool<Field>.Shared.Return(rentedFields);
        fields = rentedFields = larger;
    }
}
