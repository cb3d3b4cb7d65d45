using System.Globalization;
using System.Text;

namespace Bot.WeChat.Api;

/// <summary>Makes a value fit its field where no meaning is lost but a tail.</summary>
internal static class FieldSanitiser
{
    private const string Nothing = "无";

    public static string Sanitise(TemplateFieldType type, string value)
    {
        var plain = OneLine(WithoutEmoji(value));
        return type switch
        {
            TemplateFieldType.Thing or TemplateFieldType.ShortThing => FieldRules.Says(plain) ? Cut(plain, FieldRules.Limit(type)) : Nothing,
            TemplateFieldType.Keyword or TemplateFieldType.Unknown => plain.Length == 0 ? Nothing : Cut(plain, FieldRules.Limit(type)),
            // A phrase is words alone.
            TemplateFieldType.Phrase => string.Concat(plain.Where(c => c != ' ' && !FieldRules.IsSign(c))) is { Length: > 0 } words ? words : Nothing,
            // A cut number, time or plate would be another one, so these are only tidied: full-width digits and signs become plain ones.
            TemplateFieldType.Number or TemplateFieldType.Letter or TemplateFieldType.CharacterString or TemplateFieldType.Amount
                or TemplateFieldType.PhoneNumber or TemplateFieldType.CarNumber or TemplateFieldType.Time or TemplateFieldType.Date =>
                plain.Normalize(NormalizationForm.FormKC).Trim(),
            _ => plain,
        };
    }

    /// <summary>Cuts by what people see as characters; the “…” counts.</summary>
    public static string Cut(string value, int? limit)
    {
        if (limit is not { } most || FieldRules.Length(value) <= most)
            return value;
        var starts = StringInfo.ParseCombiningCharacters(value);
        return string.Concat(value.AsSpan(0, starts[most - 1]).TrimEnd(), "…");
    }

    private static string OneLine(string value)
    {
        var line = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    private static string WithoutEmoji(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (!IsEmojiPart(rune.Value))
                text.Append(rune);
        }
        return text.ToString();
    }

    // Blocks of pictures, and what joins and colours them. Enclosed digits (①) and arrows are text and stay.
    private static bool IsEmojiPart(int rune) => rune
        is >= 0x1F000 and <= 0x1FAFF
        or >= 0x2600 and <= 0x27BF
        or >= 0x2B05 and <= 0x2B55
        or >= 0xE0020 and <= 0xE007F
        or 0xFE0E or 0xFE0F or 0x200D or 0x20E3 or 0xFFFD;
}
