using System.Text;
using Bot.Data.Policies;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>Writes a document for a phone's screen. What is too long is cut, as the full text is a tap away.</summary>
internal static class PolicyCardText
{
    // With the question whether it helped below, a card stays under the 600 characters that fit a phone's screen.
    private const int Longest = 520;
    private const int LongestPart = 72;
    private const int LongestLead = 220;
    private const int ShortestPart = 24;
    private const int LongestAlone = 400;

    private static readonly Text s_source = Text.Of("policy.label.source");
    private static readonly Text s_basis = Text.Of("policy.label.basis");
    private static readonly Text s_validity = Text.Of("policy.label.validity");
    private static readonly Text s_fullText = Text.Of("policy.label.more");
    private static readonly Text s_unsaid = Text.Of("policy.unsaid");
    private static readonly Text s_lapsed = Text.Of("policy.lapsed");
    private static readonly Text s_replaced = Text.Of("policy.replaced-by");

    private static readonly (PolicyAspect Aspect, Text Label, Func<Policy, string> Part)[] s_parts =
    [
        (PolicyAspect.Who, Text.Of("policy.label.who"), p => p.Who),
        (PolicyAspect.Who, Text.Of("policy.label.conditions"), p => p.Conditions),
        (PolicyAspect.Materials, Text.Of("policy.label.materials"), p => Listed(p.Materials)),
        (PolicyAspect.Steps, Text.Of("policy.label.steps"), p => Listed(p.Steps)),
        (PolicyAspect.Place, Text.Of("policy.label.place"), p => p.Place),
        (PolicyAspect.Fee, Text.Of("policy.label.fee"), p => p.Fee),
        (PolicyAspect.Time, Text.Of("policy.label.time"), p => p.TimeLimit),
    ];

    public static string Write(Policy policy, Policy? successor, PolicyAspect asked, DateOnly today, string baseUrl)
    {
        var validity = policy.ValidityOn(today);
        var card = Headed(policy, successor, validity);
        if (policy.Summary.Length > 0)
            card.Append('\n').Append(ReplyText.Escape(Cut(policy.Summary, LongestLead)));

        var end = Ending(policy, validity);
        if (baseUrl.Length > 0)
            end = $"{end}\n{Link(policy, baseUrl)}";
        foreach (var (aspect, label, part) in s_parts.OrderBy(p => p.Aspect == asked ? 0 : 1))
        {
            var room = Longest - card.Length - end.Length - label.Say().Length - 2;
            if (room >= ShortestPart)
                card.Append(Line(label, Cut(part(policy), Math.Min(room, aspect == asked ? LongestLead : LongestPart))));
        }

        return card.Append(end).ToString();
    }

    /// <summary>What was asked about a document alone, or that it does not say.</summary>
    public static string WritePart(Policy policy, Policy? successor, PolicyAspect asked, DateOnly today, string baseUrl)
    {
        var validity = policy.ValidityOn(today);
        var words = Headed(policy, successor, validity);
        var told = string.Concat(s_parts.Where(p => p.Aspect == asked).Select(p => Line(p.Label, Cut(p.Part(policy), LongestAlone))));
        words.Append(told.Length > 0 ? told : $"\n{s_unsaid.Say()}").Append(Ending(policy, validity));
        return baseUrl.Length == 0 ? words.ToString() : words.Append('\n').Append(Link(policy, baseUrl)).ToString();
    }

    // What has lapsed says so before anything else, and what holds now.
    private static StringBuilder Headed(Policy policy, Policy? successor, Validity validity)
    {
        var card = new StringBuilder(Longest);
        if (validity is Validity.Lapsed)
            card.Append(s_lapsed.Say()).Append('\n');
        if (validity is Validity.Lapsed && successor is not null)
            card.Append(s_replaced.Say(successor.Title)).Append('\n');
        return card.Append('【').Append(policy.Title).Append('】');
    }

    // Where it comes from and whether it holds: never cut off for the sake of the rest.
    private static string Ending(Policy policy, Validity validity) => string.Concat(
        Line(s_source, policy.DocumentNumber.Length > 0 ? $"{policy.Issuer} {policy.DocumentNumber}" : policy.Issuer),
        Line(s_basis, policy.LegalBasis is [var basis, ..] ? Cut(basis, LongestPart) : ""),
        Line(s_validity, Words(validity, policy)));

    private static string Link(Policy policy, string baseUrl) => $"<a href=\"{baseUrl}/p/{policy.Id}\">{s_fullText.Say()}</a>";

    private static string Line(Text label, string words) => words.Length == 0 ? "" : $"\n{label.Say()}：{ReplyText.Escape(words)}";

    internal static string Words(Validity validity, Policy policy) => validity switch
    {
        Validity.InForce when policy.LapsesOn is { } last => PolicyWords.InForceUntil.Say(last.AddDays(-1).ToString("yyyy年M月d日", null)),
        Validity.InForce => PolicyWords.InForce.Say(),
        Validity.Amended => PolicyWords.Amended.Say(),
        Validity.NotYet => PolicyWords.NotYet.Say(policy.EffectiveOn!.Value.ToString("yyyy年M月d日", null)),
        Validity.Lapsed => PolicyWords.Lapsed.Say(),
    };

    private static string Listed(IReadOnlyList<string> items) =>
        items.Count == 0 ? "" : string.Concat(items.Select((item, i) => $"\n  {(char)('①' + Math.Min(i, 19))} {item}"));

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text.AsSpan(0, length - 1)}…";
}
