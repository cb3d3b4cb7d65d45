using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>What the chat and the public page both say of a document.</summary>
public static class PolicyWords
{
    public static readonly Text InForce = Text.Of("policy.validity.in-force");
    public static readonly Text InForceUntil = Text.Of("policy.validity.in-force-until");
    public static readonly Text Amended = Text.Of("policy.validity.amended");
    public static readonly Text NotYet = Text.Of("policy.validity.not-yet");
    public static readonly Text Lapsed = Text.Of("policy.validity.lapsed");
}
