using Bot.Handlers.Desk;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>One document as an answer: what was asked first, then source and validity, the way to the full text, and whether it helped.</summary>
public sealed class PolicyCard(PolicyLibrary library, ReadingLog readings, AccountProfile account, PolicyCategories categories, TimeProvider clock) : IHandler
{
    private static readonly Text s_gone = Text.Of("policy.gone");
    private static readonly Text s_helpful = Text.Of("policy.helpful");
    private static readonly Text s_yes = Text.Of("policy.helpful-yes");
    private static readonly Text s_no = Text.Of("policy.helpful-no");

    public static string CommandFor(string id, PolicyAspect aspect = PolicyAspect.None) =>
        aspect is PolicyAspect.None ? $"policy.card {id}" : $"policy.card {id} {(int)aspect}";

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (id, aspect) = Read(request.Argument);
        var shelf = library.Shelf;
        if (!shelf.ById.TryGetValue(id, out var policy))
        {
            var others = await categories.HandleAsync(request with { Argument = "" }, ct);
            return others with { Reply = Reply.Say($"{s_gone.Say()}\n\n{((Reply.Text)others.Reply).Content}") };
        }

        readings.Note(id);
        var successor = shelf.ById.GetValueOrDefault(policy.SuccessorId);
        var card = PolicyCardText.Write(policy, successor, aspect, Beijing.DateOf(clock.GetUtcNow()), account.PublicBaseUrl);
        Choice[] choices =
        [
            new(s_yes.Say(), $"policy.helpful {id}"),
            new(s_no.Say(), $"policy.unhelpful {id}"),
            .. successor is null ? [] : (Choice[])[new(successor.Title, CommandFor(successor.Id))],
        ];
        return NumberedList.Page($"{card}\n\n{s_helpful.Say()}", choices, 0);
    }

    private static (string Id, PolicyAspect Aspect) Read(string argument) =>
        argument.Split(' ') is [var id, var number] && Enum.TryParse<PolicyAspect>(number, out var aspect) && Enum.IsDefined(aspect)
            ? (id, aspect) : (argument, PolicyAspect.None);
}
