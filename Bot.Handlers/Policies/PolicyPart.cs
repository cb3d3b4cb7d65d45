using System.Globalization;
using Bot.Handlers.Desk;

namespace Bot.Handlers.Policies;

/// <summary>One more question about the card on the screen, answered alone; its numbers go on counting.</summary>
public sealed class PolicyPart(PolicyLibrary library, PolicyCard card, AccountProfile account, TimeProvider clock) : IHandler
{
    public static string CommandFor(string id, PolicyAspect aspect) => $"policy.part {id} {(int)aspect}";

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        // A document that was taken away meanwhile has a card that says so.
        var documents = library.Shelf.ById;
        if (request.Argument.Split(' ') is not [var id, var number] || !documents.TryGetValue(id, out var policy)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var aspect))
        {
            return card.HandleAsync(request, ct);
        }

        return Answer.SayAsync(PolicyCardText.WritePart(policy, documents.GetValueOrDefault(policy.SuccessorId), (PolicyAspect)aspect, Beijing.DateOf(clock.GetUtcNow()), account.PublicBaseUrl));
    }
}
