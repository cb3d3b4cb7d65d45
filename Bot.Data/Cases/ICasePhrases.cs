using System.Collections.Immutable;
using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>What staff write again and again, to be put in with a click.</summary>
public interface ICasePhrases
{
    public const int Most = 500;

    /// <returns>By act, in the order they were made.</returns>
    Task<IReadOnlyList<CasePhrase>> AllAsync(CancellationToken ct);

    /// <summary>Changes it, or adds it when its id is 0.</summary>
    /// <returns>False when it is gone, its name is taken for that act, or there are too many.</returns>
    Task<bool> SaveAsync(CasePhrase phrase, StaffMember actor, CancellationToken ct);

    /// <returns>False when it is gone.</returns>
    Task<bool> DeleteAsync(long id, StaffMember actor, CancellationToken ct);
}

/// <param name="Act">One of <see cref="Acts"/>.</param>
/// <param name="Name">1 to 30 characters.</param>
/// <param name="Words">1 to 1000 characters.</param>
public sealed record CasePhrase(string Act, string Name, string Words, long Id = 0)
{
    public static ImmutableArray<string> Acts { get; } = ["reply", "refuse", "return", "ask", "extend", "dispatch", "call"];
}
