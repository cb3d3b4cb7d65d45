namespace Bot.Data.Notices;

/// <summary>How much is sent, by what and by whom. Tests are not counted, nor what a test key pretends.</summary>
public interface INoticeUse
{
    /// <param name="since">Notices made from then on that went out, at least in part.</param>
    /// <param name="maker">Those of this clerk and of <paramref name="department"/>; null for everybody's.</param>
    /// <returns>Most recipients first.</returns>
    Task<IReadOnlyList<NoticeUse>> ReadAsync(DateTimeOffset since, string? maker, string? department, CancellationToken ct);
}

/// <param name="Title">As the template is called now.</param>
/// <param name="By">The API key's owner, such as <c>live:住建局</c>; empty for notices of staff and of the bot itself.</param>
public sealed record NoticeUse(string TemplateCode, string Title, NoticeOrigin Origin, string By, int Notices, NoticeCounts Counts);
