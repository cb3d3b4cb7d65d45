using Bot.WeChat;

namespace Bot.Data.Followers;

/// <summary>粉丝标签: who has which, as WeChat had it when we last looked. WeChat's are the ones.</summary>
public interface IFollowerTags
{
    /// <summary>Of a tag's name what we keep.</summary>
    public const int Longest = 20;

    /// <returns>Every tag with how many have it; the most used first.</returns>
    Task<IReadOnlyList<(string Tag, long Count)>> ListAsync(CancellationToken ct);

    /// <returns>Those among them who follow: WeChat tags nobody else.</returns>
    Task<IReadOnlyList<OpenId>> FollowingAsync(IReadOnlyCollection<OpenId> citizens, CancellationToken ct);

    /// <summary>WeChat has given them the tag.</summary>
    Task GivenAsync(IReadOnlyCollection<OpenId> citizens, string tag, string actor, CancellationToken ct);

    /// <summary>WeChat has taken it from them.</summary>
    Task TakenAsync(OpenId citizen, string tag, string actor, CancellationToken ct);

    /// <returns>Tags of followers that WeChat was never told of, or did not take.</returns>
    Task<IReadOnlyList<string>> UntoldAsync(CancellationToken ct);

    /// <param name="afterCitizen">Null: what comes behind the whole tag.</param>
    /// <returns>Who follows and has a tag that WeChat was never told of, tag by tag; at most <paramref name="most"/>.</returns>
    Task<IReadOnlyList<(string Tag, OpenId Citizen)>> UntoldAsync(string afterTag, OpenId? afterCitizen, int most, CancellationToken ct);

    /// <summary>WeChat has it so. Whom we do not know is left out.</summary>
    Task SeenAsync(IReadOnlyCollection<OpenId> citizens, string tag, DateTimeOffset at, CancellationToken ct);

    /// <summary>What was not seen since then is there no more.</summary>
    Task DropAsync(DateTimeOffset notSeenSince, CancellationToken ct);
}
