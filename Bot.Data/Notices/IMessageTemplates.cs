using Bot.Data.Staff;

namespace Bot.Data.Notices;

/// <summary>By which of the account's templates our own messages go.</summary>
public interface IMessageTemplates
{
    /// <summary>By code.</summary>
    Task<IReadOnlyList<MessageTemplate>> AllAsync(CancellationToken ct);

    /// <returns>The template chosen for the code; else the one that the office calls so, whose fields are then taken to be ours; null for none.</returns>
    Task<MessageTemplate?> FindAsync(string code, CancellationToken ct);

    /// <returns>False when there is no such template.</returns>
    Task<bool> SetAsync(string code, long template, IReadOnlyDictionary<string, string> fields, StaffMember by, CancellationToken ct);
}

/// <param name="Code">The office's code of the kind of message, such as <c>booking-reminder</c>.</param>
/// <param name="Fields">What each field of the template gets: the name of a field of the message, or fixed words behind <see cref="Fixed"/>. Empty: those of the same name.</param>
public sealed record MessageTemplate(string Code, NoticeTemplate Template, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Begins words that are the same in every message.</summary>
    public const char Fixed = '=';

    /// <summary>The template's fields, filled from the message's.</summary>
    public IReadOnlyDictionary<string, string> Fill(IReadOnlyDictionary<string, string> data) => Fields.Count == 0
        ? data.Where(value => Template.Latest.Fields.Any(field => field.Name == value.Key)).ToDictionary(StringComparer.Ordinal)
        : Fields.ToDictionary(f => f.Key, f => f.Value is [Fixed, .. var words] ? words : data.GetValueOrDefault(f.Value, ""), StringComparer.Ordinal);
}
