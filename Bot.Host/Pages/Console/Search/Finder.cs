using System.Reflection;
using Bot.Data.Appointments;
using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Data.Followers;
using Bot.Data.Notices;
using Bot.Data.Numbers;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Bot.Host.Pages.Console.Cases;
using Bot.Host.Pages.Console.Notices;
using Bot.Host.Pages.Console.Policies;
using Bot.WeChat;

namespace Bot.Host.Pages.Console;

/// <summary>One field for everything that somebody may see: numbers lead straight to their page, words to a short list of each kind.</summary>
public sealed class Finder(
    ICaseDesk cases, IBookings bookings, INotices notices, IFollowerList followers, IStaff staff, PolicyLibrary policies, NewsLibrary news, FollowerLink link,
    IConsultationDesk consultations, ISurveyDesk surveys, TimeProvider clock)
{
    private const int Rows = 8;
    private const int ShortestOpenId = 16;
    private const int LongestOpenId = 128;
    private const int NoticeIdLength = 21;

    private static bool MayBeOpenId(string asked) =>
        asked.Length is >= ShortestOpenId and <= LongestOpenId && IsName(asked) && PublicNumber.TryParse(asked) is null;

    /// <summary>Where a number leads: a case, a booking, a notice or a follower.</summary>
    /// <returns>Null when it is none, or is not theirs to see.</returns>
    public async Task<string?> StraightAsync(string asked, StaffMember person, CancellationToken ct)
    {
        if (PublicNumber.TryParse(asked) is { Text: var number })
        {
            if (May<CasesPage>(person) && await cases.FindAsync(number, person, ct) is not null)
                return $"{CasesPage.Path}/{number}";
            return May<BookingPage>(person) && await bookings.FindAsync(number, ct) is not null ? BookingPage.PathOf(number) : null;
        }

        if (!IsName(asked))
            return null;
        if (asked.Length <= NoticeIdLength && May<NoticesPage>(person) && await notices.FindAsync(asked, ct) is { } notice && person.Sees(notice))
            return NoticePage.Of(notice.Id);
        return MayBeOpenId(asked) && May<FollowerPage>(person) && await followers.FindAsync(new OpenId(asked), ct) is { } follower
            ? link.Of(follower.Citizen) : null;
    }

    public async Task<IReadOnlyList<Findings>> SearchAsync(string words, StaffMember person, CancellationToken ct)
    {
        List<Findings> found = [new("页面", [.. ConsoleMenu.Entries.Where(e => e.IsFor(person) && e.Title.Contains(words, StringComparison.OrdinalIgnoreCase)).Select(e => new Finding(e.Title, e.Path, e.Group))], null)];
        found.Add(new("政策", [.. Policies(words, May<PolicyShowPage>(person))], May<PoliciesPage>(person) ? $"{PoliciesPage.Path}?q={Uri.EscapeDataString(words)}" : null));
        found.Add(new("文章", [.. news.Shelf.Find(words, Rows).Select(hit => new Finding(
            hit.Article.Content.Title, May<ArticlePage>(person) ? $"{ArticlesPage.Path}/{hit.Article.Id}" : NewsAddress.Of(hit.Article.Id), news.Shelf.NameOf(hit.Article.Content.Column)))], null));
        if (May<ConsultationsPage>(person))
        {
            found.Add(new("民意征集", [.. (await consultations.ListAsync(words, 1, Rows, ct)).Rows.Select(c => new Finding(
                c.Title, ConsultationPage.PathOf(c.Consultation.Id), ConsultationLabels.Of(c.Consultation.StateAt(clock.GetUtcNow(), c.Published))))], $"{ConsultationsPage.Path}?q={Uri.EscapeDataString(words)}"));
        }

        if (May<SurveysPage>(person))
        {
            found.Add(new("问卷与投票", [.. (await surveys.ListAsync(words, 1, Rows, ct)).Rows.Select(s => new Finding(
                s.Survey.Title, SurveyPage.PathOf(s.Survey.Id), SurveyLabels.Of(s.Survey.StateAt(clock.GetUtcNow()))))], $"{SurveysPage.Path}?q={Uri.EscapeDataString(words)}"));
        }

        if (May<NoticesPage>(person))
            // What is looked for among notices may be somebody's: it stays out of addresses.
            found.Add(new("通知", await NoticesAsync(words, person, ct), NoticesPage.Path));
        if (May<PeoplePage>(person))
        {
            var people = await staff.ListAsync(new(words, null, null, null, 1, Rows), ct);
            found.Add(new("人员", [.. people.People.Select(p => new Finding(p.Member.DisplayName, PersonPage.PathOf(p.Member.Id), p.Member.Name))], $"{PeoplePage.Path}?q={Uri.EscapeDataString(words)}"));
        }

        return [.. found.Where(part => part.Rows.Count > 0)];
    }

    // A 文号 or a piece of a title first, then what answers the words as a question.
    private IEnumerable<Finding> Policies(string words, bool desk)
    {
        var shelf = policies.Shelf;
        var byText = shelf.ById.Values.Where(p => p.Title.Contains(words, StringComparison.OrdinalIgnoreCase) || p.DocumentNumber.Contains(words, StringComparison.OrdinalIgnoreCase) || p.Id.Equals(words, StringComparison.OrdinalIgnoreCase));
        var byIndex = shelf.Answering(words, Rows).Select(found => found.Policy);
        return byText.OrderBy(p => p.Title.Length).Concat(byIndex).DistinctBy(p => p.Id).Take(Rows)
            .Select(p => new Finding(p.Title, desk ? $"/console/policies/item/{p.Id}" : $"/p/{p.Id}", p.DocumentNumber.Length > 0 ? p.DocumentNumber : p.Issuer));
    }

    private async Task<IReadOnlyList<Finding>> NoticesAsync(string words, StaffMember person, CancellationToken ct)
    {
        var all = person.SeesAllNotices();
        var found = await notices.ListAsync(new NoticeFilter(Limit: Rows, Maker: all ? null : person.Name, Department: all ? null : person.Department, Words: words), ct);
        return [.. found.Select(n => new Finding($"{n.TemplateTitle}，{n.Recipients:N0} 人", NoticePage.Of(n.Id), n.Status.Shown()))];
    }

    private static bool IsName(string asked) => asked.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool May<TPage>(StaffMember person) => typeof(TPage).GetCustomAttribute<StaffOnlyAttribute>()!.Admits(person);
}

/// <param name="All">The whole list; null for none.</param>
public sealed record Findings(string Kind, IReadOnlyList<Finding> Rows, string? All);

public sealed record Finding(string Text, string Path, string Note);
