using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Handlers.Notices.Groups;

/// <summary>Followers with one of the account's tags.</summary>
internal sealed class Tagged(ITags tags) : INoticeGroup
{
    public string Kind => "tag";

    public string Label => "标签";

    public async Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct)
    {
        var listed = await tags.ListAsync(ct);
        return listed.Ok
            ? [.. listed.Value.Select(tag => new GroupChoice(tag.Id.ToString(CultureInfo.InvariantCulture), tag.Name, tag.Count))]
            : throw new NoticeGroupException($"微信没有给出标签：{listed.Error.ForStaff}（{listed.Error.Code}）");
    }

    public IAsyncEnumerable<OpenId> MembersAsync(string choice, CancellationToken ct) =>
        int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Pages.ReadAsync((after, token) => tags.FollowersAsync(id, after, token), ct)
            : throw new NoticeGroupException("没有这个标签");

    public async Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct)
    {
        var given = await tags.OfAsync(citizen, ct);
        return given.Ok
            ? int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && given.Value.Contains(id)
            : throw new NoticeGroupException($"微信没有给出标签：{given.Error.ForStaff}（{given.Error.Code}）");
    }
}

/// <summary>All followers of the account, those too who followed before the bot was there.</summary>
internal sealed class Everyone(IUsers users) : INoticeGroup
{
    public string Kind => "all";

    public string Label => "全部关注者";

    public async Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct)
    {
        var first = await users.ListAsync(null, ct);
        return first.Ok
            ? [new("all", Label, first.Value.Total)]
            : throw new NoticeGroupException($"微信没有给出关注者：{first.Error.ForStaff}（{first.Error.Code}）");
    }

    public IAsyncEnumerable<OpenId> MembersAsync(string choice, CancellationToken ct) => Pages.ReadAsync(users.ListAsync, ct);

    public Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct) => Task.FromResult(true);
}

/// <summary>Lists that the platform gives out in pages.</summary>
internal static class Pages
{
    public static async IAsyncEnumerable<OpenId> ReadAsync(
        Func<OpenId?, CancellationToken, Task<ApiResult<OpenIdPage>>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        OpenId? after = null;
        do
        {
            var page = await read(after, ct);
            if (!page.Ok)
                throw new NoticeGroupException($"微信没有给出名单：{page.Error.ForStaff}（{page.Error.Code}）");
            foreach (var member in page.Value.OpenIds)
                yield return member;
            after = page.Value.Next;
        }
        while (after is not null);
    }
}
