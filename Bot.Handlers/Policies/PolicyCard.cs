using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Policies;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>One document as an answer: what was asked first, then source and validity, the way to the full text, whether it helped, and a visit to be booked.</summary>
public sealed class PolicyCard(
    PolicyLibrary library, ReadingLog readings, QuestionLog questions, AccountProfile account, PolicyCategories categories, AppointmentPlans plans,
    TimeProvider clock) : IHandler
{
    private static readonly Text s_gone = Text.Of("policy.gone");
    private static readonly Text s_helpful = Text.Of("policy.helpful");
    private static readonly Text s_yes = Text.Of("policy.helpful-yes");
    private static readonly Text s_no = Text.Of("policy.helpful-no");
    private static readonly Text s_book = Text.Of("life.book");

    /// <param name="question">The key of the question that it answers, see <see cref="QuestionLog"/>; empty for none.</param>
    public static string CommandFor(string id, PolicyAspect aspect = PolicyAspect.None, string question = "") => (aspect, question) switch
    {
        (PolicyAspect.None, "") => $"policy.card {id}",
        (_, "") => $"policy.card {id} {(int)aspect}",
        _ => $"policy.card {id} {(int)aspect} {question}",
    };

    /// <param name="after">The command of the list that the citizen saw last.</param>
    /// <returns>The document whose card it was; null for another list.</returns>
    public static string? ShownBy(string after) => after.Split(' ') is ["policy.card", var id, ..] ? id : null;

    /// <summary>The card as a citizen will see it, for staff; without its link and its choices.</summary>
    public static string Preview(Policy policy, Policy? successor, DateOnly today) => PolicyCardText.Write(policy, successor, PolicyAspect.None, today, baseUrl: "");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (id, aspect, question) = Read(request.Argument);
        var shelf = library.Shelf;
        if (!shelf.ById.TryGetValue(id, out var policy))
        {
            var others = await categories.HandleAsync(request with { Argument = "" }, ct);
            return others with { Reply = Reply.Say($"{s_gone.Say()}\n\n{((Reply.Text)others.Reply).Content}") };
        }

        readings.Note(id);
        questions.Settled(question, QuestionOutcome.Picked, id);
        var successor = shelf.ById.GetValueOrDefault(policy.SuccessorId);
        var card = PolicyCardText.Write(policy, successor, aspect, Beijing.DateOf(clock.GetUtcNow()), account.PublicBaseUrl);
        var about = question.Length == 0 ? id : $"{id} {question}";
        List<Choice> choices = [new(s_yes.Say(), $"policy.helpful {about}"), new(s_no.Say(), $"policy.unhelpful {about} {PolicyAgain.QuestionIn(request.After, question)}".TrimEnd())];
        var plan = plans.Current;
        if (plan.Services.FirstOrDefault(s => s.Guide == id && s.Active && plan.BranchesFor(s.Code).Any()) is { } service)
            choices.Add(new(s_book.Say(), $"book {service.Code}"));
        if (successor is not null)
            choices.Add(new(successor.Title, CommandFor(successor.Id)));
        return NumberedList.Page($"{card}\n\n{s_helpful.Say()}", choices, 0);
    }

    private static (string Id, PolicyAspect Aspect, string Question) Read(string argument)
    {
        var parts = argument.Split(' ');
        var aspect = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((PolicyAspect)number)
            ? (PolicyAspect)number : PolicyAspect.None;
        return (parts[0], aspect, parts.Length > 2 ? parts[2] : "");
    }
}
