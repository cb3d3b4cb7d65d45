using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Bot.Handlers.Notices.Groups;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>发给谁, as the form was filled in.</summary>
/// <param name="Kind">one, file, kept, or a group's kind.</param>
/// <param name="Choice">Which group of that kind.</param>
/// <param name="MayKeep">There is a draft whose recipients may be kept.</param>
internal sealed record RecipientChoice(string Kind, string? To, IFormFile? Upload, bool Again, string? Choice, bool MayKeep)
{
    public const string One = "one";
    public const string Table = "file";
    public const string Kept = ComposingWish.Kept;
    public const int MostBytes = 32 << 20;

    private const int LongestName = 80;
    private const int LongestChoice = 200;

    /// <summary>The field of the form that says whom.</summary>
    public static string FieldOf(string kind) => kind switch
    {
        One => nameof(NewNoticePage.To),
        Table => nameof(NewNoticePage.Upload),
        Kept => nameof(NewNoticePage.Kind),
        _ => $"Choice[{kind}]",
    };

    /// <returns>Whom it means; else why it means nobody, to be told beside <see cref="FieldOf"/>.</returns>
    public async Task<(NoticeTo? To, string? Problem)> ReadAsync(IReadOnlyList<GroupOffer> offers, StaffMember clerk, CancellationToken ct) => Kind switch
    {
        One => (new NoticeTo.One(To ?? ""), null),
        Kept when MayKeep => (new NoticeTo.Kept(), null),
        Table => await FileAsync(ct),
        _ when offers.FirstOrDefault(o => o.Group.Kind == Kind)?.Group is { } group && Choice is { Length: > 0 and <= LongestChoice } && group.IsFor(clerk, Choice) =>
            (new NoticeTo.Group(group, Choice), null),
        _ => (null, "请选择发给谁"),
    };

    private async Task<(NoticeTo? To, string? Problem)> FileAsync(CancellationToken ct)
    {
        if (Upload is not { Length: > 0 } file)
            return (null, "请选择文件");
        if (file.Length > MostBytes)
            return (null, $"文件最大 {MostBytes >> 20} MB");
        using MemoryStream bytes = new((int)file.Length);
        await file.CopyToAsync(bytes, ct);
        var name = Path.GetFileName(file.FileName);
        return (new NoticeTo.File(name.Length <= LongestName ? name : name[..LongestName], bytes.ToArray(), Again), null);
    }
}

/// <summary>A kind of group, and which ones of it this clerk may write to.</summary>
/// <param name="Fault">Why that cannot be told now.</param>
public sealed record GroupOffer(INoticeGroup Group, IReadOnlyList<GroupChoice> Choices, string? Fault)
{
    internal static Task<GroupOffer[]> AllAsync(IEnumerable<INoticeGroup> groups, StaffMember clerk, CancellationToken ct) =>
        Task.WhenAll(groups.Select(group => OfAsync(group, clerk, ct)));

    private static async Task<GroupOffer> OfAsync(INoticeGroup group, StaffMember clerk, CancellationToken ct)
    {
        try
        {
            return new(group, [.. (await group.ChoicesAsync(ct)).Where(choice => group.IsFor(clerk, choice.Value))], null);
        }
        catch (NoticeGroupException e)
        {
            return new(group, [], e.Message);
        }
    }
}
