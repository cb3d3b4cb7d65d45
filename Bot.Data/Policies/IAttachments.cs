namespace Bot.Data.Policies;

/// <summary>Files of documents. Kept in the database, so that every host has them; never edited.</summary>
public interface IAttachments
{
    /// <summary>20 MiB.</summary>
    const int MostBytes = 20 * 1024 * 1024;

    const int MostPerDocument = 20;

    Task<long> AddAsync(string name, string type, ReadOnlyMemory<byte> content, string addedBy, CancellationToken ct);

    /// <summary>What is known of some files, without their contents.</summary>
    Task<IReadOnlyList<AttachmentFile>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct);

    Task<byte[]?> ReadAsync(long id, CancellationToken ct);

    /// <summary>Forgets files that no document, copy or version has named for a day.</summary>
    Task<int> SweepAsync(CancellationToken ct);
}

/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record AttachmentFile(long Id, string Name, string Type, int Size, string Sha256);
