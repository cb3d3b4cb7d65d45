using Bot.Data.Appointments;
using Bot.Data.Cases;
using Bot.Data.Conversations;
using Bot.Data.Followers;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.WeChat;

namespace Bot.Host.Pages.Console;

/// <summary>What the bot knows about whoever is talking, and what it would have answered. Cases that hide their citizen stay hidden.</summary>
public sealed class CitizenAside(
    IFollowerList followers, ICases cases, IBookings bookings, PolicyLibrary library, AccountProfile account, TimeProvider clock)
{
    private const int Rows = 5;
    private const int Suggested = 3;
    private const int LinesRead = 3;

    /// <param name="lines">The conversation: the citizen's last lines are what is looked up.</param>
    public async Task<Aside> OfAsync(OpenId citizen, IReadOnlyList<ConversationLine> lines, CancellationToken ct) => new(
        await followers.FindAsync(citizen, ct),
        [.. (await cases.MineAsync(citizen, Rows * 2, ct)).Where(c => !c.Anonymous && c.Kind is not CaseKind.Report).Take(Rows)],
        [.. (await bookings.OpenAsync(citizen, ct)).Take(Rows)],
        [.. Suggest(lines.Where(line => line.By is null).TakeLast(LinesRead).Select(line => line.Words))]);

    // A question may take several lines, and “在吗” is none: the surest of what any of them finds.
    private IEnumerable<Suggestion> Suggest(IEnumerable<string> said)
    {
        var shelf = library.Shelf;
        var today = Beijing.DateOf(clock.GetUtcNow());
        var surest = said.SelectMany(question => shelf.Answering(question, Suggested)).OrderByDescending(found => found.Confidence)
            .Select(found => found.Policy).DistinctBy(policy => policy.Id).Take(Suggested);
        foreach (var policy in surest)
        {
            var path = $"/p/{policy.Id}";
            var card = PolicyCard.Preview(policy, shelf.ById.GetValueOrDefault(policy.SuccessorId), today);
            var link = account.PublicBaseUrl.Length == 0 ? "" : $"\n全文：{account.PublicBaseUrl}{path}";
            yield return new(policy.Title, path, card.Length + link.Length <= ConversationsPage.LongestAnswer ? card + link : card);
        }
    }
}

/// <param name="Follower">Null for somebody of whom nothing is kept.</param>
public sealed record Aside(FollowerRow? Follower, IReadOnlyList<CaseFile> Cases, IReadOnlyList<Booking> Bookings, IReadOnlyList<Suggestion> Suggestions);

/// <param name="Words">The answer as the bot gives it.</param>
public sealed record Suggestion(string Title, string Path, string Words);
