using Bot.Handlers.Texts;

namespace Bot.Handlers.Desk;

/// <summary>A QR code whose promise nobody keeps any more.</summary>
public sealed class UnknownScene : IHandler
{
    private static readonly Text s_lead = Text.Of("chat.scene-unknown");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Task.FromResult(MainChoices.Under(s_lead.Say()));
}
