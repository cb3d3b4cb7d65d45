using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Handlers.Jobs;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Tells everybody who commented what became of it, each once, however often the report is published or the job runs.</summary>
internal sealed class ConsultationTeller(IConsultations consultations, ICitizenMessages messages, ConsultationLinks links, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;

    private static readonly TimeSpan s_stale = TimeSpan.FromDays(7);
    private static readonly Text s_told = Text.Of("consultation.told");
    private static readonly Text s_adopted = Text.Of("consultation.told-adopted");
    private static readonly Text s_partly = Text.Of("consultation.told-partly");
    private static readonly Text s_considered = Text.Of("consultation.told-considered");

    public string Kind => IConsultationDesk.TellJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // Withdrawn meanwhile: there is nothing to tell of.
        if (await consultations.FindAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is not { Consultation.ReportPublicAt: not null } over)
            return JobOutcome.Finished;
        byte[]? after = null;
        while (await consultations.CommentersAsync(over.Id, after, AtOnce, ct) is { Count: > 0 } people)
        {
            foreach (var person in people)
                await messages.AddAsync(Told(over, person), ct);
            after = people[^1].Mark;
        }

        return JobOutcome.Finished;
    }

    private NewCitizenMessage Told(PublishedConsultation over, Commenter person)
    {
        var now = clock.GetUtcNow();
        string[] adopted = [.. person.Adopted > 0 ? [s_adopted.Say(person.Adopted)] : Array.Empty<string>(), .. person.Partly > 0 ? [s_partly.Say(person.Partly)] : Array.Empty<string>()];
        var outcome = adopted.Length > 0 ? string.Concat(adopted) : s_considered.Say();
        return new()
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"consultation:{over.Id}:{Convert.ToHexStringLower(person.Mark)}"), To = person.Citizen,
            Words = s_told.Say(over.Paper.Title, person.Comments, outcome, links.For(over.Id)).Trim(),
            Template = TopicNews.Template, Url = links.For(over.Id), DueAt = now, ExpiresAt = now + s_stale,
            Data = new Dictionary<string, string>
            {
                ["thing1"] = over.Paper.Title, ["thing2"] = over.Paper.Department, ["thing3"] = "意见采纳情况已公布", ["date4"] = $"{Beijing.DateOf(now):yyyy年M月d日}",
            },
        };
    }
}
