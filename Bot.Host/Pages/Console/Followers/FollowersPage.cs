using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Followers;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Bot.Handlers.Followers;
using Bot.WeChat;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>粉丝: who follows, their tags, and whether they want notices.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Editor, StaffRole.Agent, StaffRole.NoticeMaker)]
public sealed class FollowersPage(IFollowerList followers, IFollowerTags tags, TagDesk desk, IJobs jobs, FollowerLink link, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/followers";
    private const int Size = TagDesk.MostAtOnce;

    public override string Title => "粉丝";

    public override string Lead => "关注公众号的人；微信不提供姓名，这里只有编号的末几位";

    /// <summary><c>yes</c>, <c>no</c> or <c>reachable</c>; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(IFollowerTags.Longest)]
    public string? Tag { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(64)]
    public string? Scene { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    [Range(1, 1000)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<FollowerRow> Followers { get; private set; } = [];

    public IReadOnlyList<(string Tag, long Count)> Tags { get; private set; } = [];

    /// <summary>Tags that WeChat does not have.</summary>
    public IReadOnlyList<string> Untold { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public bool MayTag => Me.Is(StaffRole.Administrator, StaffRole.Editor, StaffRole.NoticeMaker);

    public string LinkTo(FollowerRow row) => link.Of(row.Citizen);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Tags = await tags.ListAsync(ct);
        if (MayTag)
            Untold = await tags.UntoldAsync(ct);
        IReadOnlyList<FollowerRow> found = ModelState.IsValid
            ? await followers.ListAsync(
                new(State switch { "yes" => true, "no" => false, _ => null }, Text(Tag), Text(Scene), State == "reachable", Number, Size), ct)
            : [];
        Followers = [.. found.Take(Size)];
        List = new(Request, Number, Size, null, found.Count > Size);
    }

    [Only(StaffRole.Administrator, StaffRole.Editor, StaffRole.NoticeMaker)]
    public async Task<IActionResult> OnPostTagAsync(string[] who, string? name, CancellationToken ct)
    {
        var (tag, citizens) = ((name ?? "").Trim(), who.Where(w => w?.Length is > 0 and <= 128).Take(Size).Select(w => new OpenId(w)).ToArray());
        if (citizens.Length == 0)
            return GoTo(Path, "标签没有添加：请先勾选粉丝");
        return await desk.GiveAsync(citizens, tag, Me.Name, ct) switch
        {
            Tagging.Made { Count: var count } => GoTo(With(tag), string.Create(
                CultureInfo.InvariantCulture, $"已给 {count} 人加上“{tag}”{(count < citizens.Length ? $"；另 {citizens.Length - count} 人已取消关注，没有加" : "")}")),
            Tagging.Refused { Words: var words } => GoTo(Path, $"标签没有添加：{words}"),
            _ => throw new InvalidOperationException("a tag came to nothing"),
        };
    }

    [Only(StaffRole.Administrator, StaffRole.Editor, StaffRole.NoticeMaker)]
    public async Task<IActionResult> OnPostUntagAsync(string? who, string? tag, CancellationToken ct)
    {
        if (who is not { Length: > 0 and <= 128 } || tag is not { Length: > 0 and <= IFollowerTags.Longest })
            return GoTo(Path, "标签没有移除");
        return await desk.TakeAsync(new(who), tag, Me.Name, ct) is Tagging.Refused refused
            ? GoTo(With(tag), $"标签没有移除：{refused.Words}")
            : GoTo(With(tag), $"已移除“{tag}”", new Undo($"{Path}?handler=Tag", new() { ["who"] = who, ["name"] = tag }));
    }

    /// <summary>What somebody changed on mp.weixin.qq.com shows here by itself the next morning, and after this at once.</summary>
    [Only(StaffRole.Administrator, StaffRole.Editor, StaffRole.NoticeMaker)]
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken ct)
    {
        await jobs.EnqueueAsync(TagMirror.Now(clock.GetUtcNow()), ct);
        return GoTo(Path, "正在与微信核对标签，几秒后刷新本页可以看到");
    }

    private static string With(string tag) => tag.Length <= IFollowerTags.Longest ? $"{Path}?tag={Uri.EscapeDataString(tag)}" : Path;

    /// <summary>Enough to tell two apart, too little to write to somebody.</summary>
    public static string Shown(OpenId citizen) => citizen.Value.Length > 6 ? $"…{citizen.Value[^6..]}" : citizen.Value;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
