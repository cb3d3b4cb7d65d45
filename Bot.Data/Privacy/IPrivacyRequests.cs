using Bot.WeChat;

namespace Bot.Data.Privacy;

/// <summary>Requests of citizens to see or erase what is kept about them (个人信息保护法 第四十五、四十七条).</summary>
public interface IPrivacyRequests
{
    const string EraseJob = "privacy-erase";

    /// <summary>The citizen, in the chat.</summary>
    const string AskedByCitizen = "citizen";

    /// <summary>A job of kind <see cref="EraseJob"/> does it at <paramref name="dueAt"/>. A request that waits already is the same one.</summary>
    /// <param name="reason">Of a member of staff, for the audit log; null where the citizen asks.</param>
    /// <returns>Its number.</returns>
    Task<long> AskEraseAsync(OpenId citizen, string askedBy, string? reason, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Does it: everything everywhere. Repeatable, and goes on where it was cut short.</summary>
    /// <returns>Rows changed or deleted in all, with those of runs that were cut short; null when there is nothing to do.</returns>
    Task<int?> EraseAsync(long request, CancellationToken ct);

    /// <returns>A key that opens the export until <paramref name="lapsesAt"/>: 32 letters and digits, kept nowhere.</returns>
    Task<string> AskExportAsync(OpenId citizen, string askedBy, DateTimeOffset lapsesAt, CancellationToken ct);

    /// <returns>Null when the key is unknown or has lapsed.</returns>
    Task<IReadOnlyList<RecordSection>?> ExportAsync(string key, CancellationToken ct);

    /// <summary>For a verb or a member of staff, who then hands it over. It is in the audit log before anybody sees it.</summary>
    /// <param name="reason">For the audit log; null for none.</param>
    Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, string askedBy, string? reason, CancellationToken ct);
}
