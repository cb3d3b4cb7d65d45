using Bot.WeChat;

namespace Bot.Data.Privacy;

/// <summary>What one part of the house keeps about a citizen. All of them together are everything: a test holds their tables against the schema.</summary>
public interface ICitizenRecords
{
    /// <summary>Tables whose rows lead to a citizen; those of others that hang on them need not be named.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>In words for the citizen. Sections without rows are left out.</summary>
    Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct);

    /// <summary>Deletes, or cuts what leads to the citizen where the office must keep the rest. Repeatable.</summary>
    /// <returns>Rows changed or deleted.</returns>
    Task<int> EraseAsync(OpenId citizen, CancellationToken ct);
}

/// <param name="Title">Such as 预约.</param>
/// <param name="Rows">Of each its fields: a name in Chinese and a value as it is shown.</param>
public sealed record RecordSection(string Title, IReadOnlyList<IReadOnlyList<RecordField>> Rows);

public readonly record struct RecordField(string Name, string Value);
