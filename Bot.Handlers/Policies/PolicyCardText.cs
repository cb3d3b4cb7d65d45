using System.Text;
using Bot.Data.Policies;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>Writes a document for a phone's screen. What is too long is cut, as the full text is a tap away.</summary>
internal static class PolicyCardText
{
    private const int LongestPart = 110;
    private const int LongestLead = 220;

    private static readonly Text s_source = Text.Of("policy.label.source");
    private static readonly Text s_basis = Text.Of("policy.label.basis");
    private static readonly Text s_validity = Text.Of("policy.label.validity");
    private static readonly Text s_fullText = Text.Of("policy.label.more");
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
        var card = new StringBuilder();
        if (validity is Validity.Lapsed)
        {
            card.Append(s_lapsed.Say()).Append('\n');
            if (successor is not null)
                card.Append(s_replaced.Say(successor.Title)).Append('\n');
        }

        card.Append('【').Append(policy.Title).Append('】');
        if (policy.Summary.Length > 0)
            card.Append('\n').Append(Cut(policy.Summary, LongestLead));
        foreach (var (aspect, label, part) in s_parts.OrderBy(p => p.Aspect == asked && asked is not PolicyAspect.None ? 0 : 1))
            Add(label, Cut(part(policy), aspect == asked ? LongestLead : LongestPart));
        Add(s_source, policy.DocumentNumber.Length > 0 ? $"{policy.Issuer} {policy.DocumentNumber}" : policy.Issuer);
        if (policy.LegalBasis.Count > 0)
            Add(s_basis, Cut(policy.LegalBasis[0], LongestPart));
        Add(s_validity, Words(validity, policy));
        if (baseUrl.Length > 0)
            card.Append("\n<a href=\"").Append(baseUrl).Append("/p/").Append(policy.Id).Append("\">").Append(s_fullText.Say()).Append("</a>");
        return card.ToString();

        void Add(Text label, string words)
        {
            if (words.Length > 0)
                card.Append('\n').Append(label.Say()).Append('：').Append(ReplyText.Escape(words));
        }
    }

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
