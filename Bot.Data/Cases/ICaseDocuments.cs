using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>Documents that go out with the answer to a request for information. They are added by the answer itself (<see cref="CaseAct.Reply"/>).</summary>
public interface ICaseDocuments
{
    /// <summary>To one answer.</summary>
    const int Most = 10;

    /// <summary>20 MiB, each.</summary>
    const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Those of an answer that went out.</summary>
    Task<IReadOnlyList<CaseDocument>> SentAsync(string number, CancellationToken ct);

    /// <returns>Null when there is none, or its answer did not go out.</returns>
    Task<(CaseDocument Document, byte[] Content)?> ReadSentAsync(string number, long id, CancellationToken ct);

    /// <returns>Null when there is none, or it is not for these eyes.</returns>
    Task<(CaseDocument Document, byte[] Content)?> ReadAsync(string number, long id, StaffMember staff, CancellationToken ct);
}

/// <param name="Size">Bytes.</param>
/// <param name="SentAt">Null while its answer waits for a second person.</param>
public sealed record CaseDocument(long Id, string Name, string Type, int Size, DateTimeOffset? SentAt);

/// <param name="Type">Checked against the content.</param>
public sealed record NewDocument(string Name, string Type, byte[] Content);
