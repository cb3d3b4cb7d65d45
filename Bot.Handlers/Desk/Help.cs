using Bot.Handlers.Texts;

namespace Bot.Handlers.Desk;

/// <summary>帮助: the main choices.</summary>
public sealed class Help : IHandler
{
    private static readonly Text s_lead = Text.Of("help");
    private static readonly Text s_words = Text.Of("help.words");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        Task.FromResult(MainChoices.Under(s_lead.Say(), s_words.Say()));
}
