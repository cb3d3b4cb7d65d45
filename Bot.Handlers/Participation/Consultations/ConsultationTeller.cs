using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Handlers.Jobs;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Tells everybody who commented what became of it, or why it was broken off: each once, however often the report is published or the job runs.</summary>
internal sealed class ConsultationTeller(IConsultations consultations, ICitizenMessages messages, ConsultationLinks links, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;

    private static readonly TimeSpan s_stale = TimeSpan.FromDays(7);
    private static readonly Text s_told = Text.Of("consultation.told");
    private static readonly Text s_of = Text.Of("consultation.told-of");
    private static readonly Text s_adopted = Text.Of("consultation.told-adopted");
    private static readonly Text s_partly = Text.Of("consultation.told-partly");
    private static readonly Text s_considered = Text.Of("consultation.told-considered");
    private static readonly Text s_leftOut = Text.Of("consultation.told-left-out");
    private static readonly Text s_stopped = Text.Of("consultation.told-stopped");

    public string Kind => IConsultationDesk.TellJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // A report that was withdrawn meanwhile is nothing to tell of.
        if (await consultations.FindAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is not { } over || over.Consultation is { ReportPublicAt: null, StoppedAt: null })
            return JobOutcome.Finished;
        byte[]? after = null;
        while (await consultations.CommentersAsync(over.Id, after, AtOnce, ct) is { Count: > 0 } people)
        {
            foreach (var person in people)
                await messages.AddAsync(over.Consultation.StoppedAt is null ? Told(over, person) : Stopped(over, person), ct);
            after = people[^1].Mark;
        }

        return JobOutcome.Finished;
    }

    private NewCitizenMessage Told(PublishedConsultation over, Commenter person)
    {
        string[] outcomes =
        [
            .. person.Adopted > 0 ? [s_adopted.Say(person.Adopted)] : (string[])[],
            .. person.Partly > 0 ? [s_partly.Say(person.Partly)] : (string[])[],
            .. person.LeftOut > 0 ? [s_leftOut.Say(person.LeftOut)] : (string[])[],
        ];
        var outcome = outcomes.Length == 0 ? "" : s_of.Say(string.Join('，', outcomes));
        var considered = person.Adopted + person.Partly == 0 && person.LeftOut < person.Comments ? s_considered.Say() : "";
        return Message(over, person, "", s_told.Say(over.Paper.Title, person.Comments, outcome + considered, links.For(over.Id)), "意见采纳情况已公布");
    }

    private NewCitizenMessage Stopped(PublishedConsultation over, Commenter person) =>
        Message(over, person, ":stopped", s_stopped.Say(over.Paper.Title, over.Consultation.StoppedWhy, links.For(over.Id)), "征集已经终止");

    private NewCitizenMessage Message(PublishedConsultation over, Commenter person, string suffix, string words, string news)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"consultation:{over.Id}:{Convert.ToHexStringLower(person.Told)}{suffix}"), To = person.Citizen,
            Words = words.Trim(),
            Template = TopicNews.Template, Url = links.For(over.Id), DueAt = now, ExpiresAt = now + s_stale,
            Data = new Dictionary<string, string>
            {
                ["thing1"] = over.Paper.Title, ["thing2"] = over.Paper.Department, ["thing3"] = news, ["date4"] = $"{Beijing.DateOf(now):yyyy年M月d日}",
            },
        };
    }
}
