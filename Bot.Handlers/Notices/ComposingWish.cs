using System.Text.Json;
using Bot.Data.Notices;

namespace Bot.Handlers.Notices;

/// <summary>What a clerk put together for a group, or for those of a draft, on its way to the job that makes it.</summary>
/// <param name="Template">WeChat's id of it.</param>
/// <param name="Code">Ours.</param>
/// <param name="Kind">A group's kind; <see cref="Kept"/> for those of the draft that it replaces.</param>
/// <param name="Replaces">The id of that draft.</param>
public sealed record ComposingWish(
    string Template, string Code, IReadOnlyDictionary<string, string> Fields, string Kind, string? Choice, string? Link, DateTimeOffset? At, DateTimeOffset? Until, bool Urgent,
    string? Department, bool AnyTemplate, string? Replaces)
{
    public const string Kept = "kept";

    public static ComposingWish Of(Composition wish, string code) => new(
        wish.Template, code, wish.Fields, wish.To is NoticeTo.Group { Of.Kind: var kind } ? kind : Kept, (wish.To as NoticeTo.Group)?.Choice, wish.Url, wish.ScheduledAt, wish.ExpiresAt,
        wish.Urgent, wish.Department, wish.AnyTemplate, wish.Replaces?.Id);

    public static ComposingWish Read(NoticeComposing composing) => JsonSerializer.Deserialize<ComposingWish>(composing.Wish)!;

    public string Write() => JsonSerializer.Serialize(this);
}
