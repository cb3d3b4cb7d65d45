using System.Text;
using Bot.Data.Followers;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Handlers.Followers;

/// <summary>Gives followers a tag of the account, or takes it. WeChat first, then our own note of it: where that fails the nightly comparison makes it good.</summary>
public sealed class TagDesk(ITags tags, IFollowerTags mirror)
{
    /// <summary>What WeChat takes at once.</summary>
    public const int MostAtOnce = 50;

    /// <summary>Of UTF-8: ten Chinese characters.</summary>
    public const int LongestName = 30;

    private const int TooMany = 45056;
    private const int NameTaken = 45157;
    private const int NameTooLong = 45158;
    private const int TagGone = 45159;

    /// <param name="citizens">At most <see cref="MostAtOnce"/>; who does not follow any more is left out.</param>
    /// <param name="tag">Made when there is none of the name.</param>
    public async Task<Tagging> GiveAsync(IReadOnlyCollection<OpenId> citizens, string tag, string actor, CancellationToken ct)
    {
        if (tag.Length == 0 || Encoding.UTF8.GetByteCount(tag) > LongestName || tag.Any(char.IsControl))
            return new Tagging.Refused($"请填写 1 至 {LongestName / 3} 个汉字（或 {LongestName} 个字母）");
        var following = await mirror.FollowingAsync(citizens, ct);
        if (following.Count == 0)
            return new Tagging.Refused("勾选的人都已取消关注，微信不允许再加标签");
        if (await GiveAsync(following, tag, ct) is { } error)
            return Refused(error);
        await mirror.GivenAsync(following, Kept(tag), actor, ct);
        return new Tagging.Made(following.Count);
    }

    /// <param name="tag">As we keep it.</param>
    public async Task<Tagging> TakeAsync(OpenId citizen, string tag, string actor, CancellationToken ct)
    {
        var listed = await tags.ListAsync(ct);
        if (!listed.Ok)
            return Refused(listed.Error);
        // Gone at WeChat, or with who unfollowed: it is gone here, too.
        if (listed.Value.FirstOrDefault(t => Kept(t.Name) == tag) is { } there && (await mirror.FollowingAsync([citizen], ct)).Count > 0
            && await tags.TakeAsync(there.Id, [citizen], ct) is { Ok: false, Error: { Code: not TagGone } error })
            return Refused(error);
        await mirror.TakenAsync(citizen, tag, actor, ct);
        return new Tagging.Made(1);
    }

    /// <summary>At WeChat alone.</summary>
    /// <returns>Null when they have it now.</returns>
    internal async Task<ApiError?> GiveAsync(IReadOnlyList<OpenId> citizens, string tag, CancellationToken ct)
    {
        var (id, error) = await FindAsync(tag, ct);
        if (id is null && error is null)
        {
            var made = await tags.CreateAsync(tag, ct);
            // Somebody else was faster, or our own first try had come through.
            (id, error) = made.Ok ? (made.Value.Id, null) : made.Error is { Code: NameTaken } ? await FindAsync(tag, ct) : (null, made.Error);
            error ??= id is null ? made.Error : null;
        }

        return id is { } known ? (await tags.GiveAsync(known, citizens, ct)).Error : error;
    }

    /// <summary>WeChat does not take the tag, whoever is to have it.</summary>
    internal static bool IsOfTag(ApiError error) => error.Code is TooMany or NameTaken or NameTooLong;

    /// <summary>A tag's name as we keep it.</summary>
    internal static string Kept(string name) => (name.Length <= IFollowerTags.Longest ? name : name[..IFollowerTags.Longest]).Trim();

    private async Task<(int? Id, ApiError? Error)> FindAsync(string tag, CancellationToken ct)
    {
        var listed = await tags.ListAsync(ct);
        return listed.Ok ? (listed.Value.FirstOrDefault(t => t.Name == tag)?.Id, null) : (null, listed.Error);
    }

    private static Tagging.Refused Refused(ApiError error) => new($"微信没有接受：{error.ForStaff}（{error.Code}）");
}

public abstract record Tagging
{
    private Tagging()
    {
    }

    /// <param name="Count">Who has it now, or has it no more.</param>
    public sealed record Made(int Count) : Tagging;

    /// <param name="Words">For the clerk.</param>
    public sealed record Refused(string Words) : Tagging;
}
