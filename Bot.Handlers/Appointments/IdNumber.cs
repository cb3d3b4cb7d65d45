using System.Globalization;
using System.Text;
using Bot.Handlers.Routing;

namespace Bot.Handlers.Appointments;

/// <summary>居民身份证号码: 17 digits and a check character.</summary>
/// <remarks>Source: GB 11643-1999.</remarks>
public static class IdNumber
{
    private const string Checks = "10X98765432";
    private static ReadOnlySpan<int> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <returns>18 characters in one spelling; null when it is no such number or one character is wrong.</returns>
    public static string? Read(string said, DateOnly today)
    {
        var text = new string([.. Utterance.Unmarked(said.Normalize(NormalizationForm.FormKC)).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
        if (text.Length != 18 || !text.AsSpan(0, 17).ContainsOnlyDigits() || text[0] == '0'
            || !DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            || born.Year < 1900 || born > today)
            return null;
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (text[i] - '0') * Weights[i];
        return Checks[sum % 11] == text[17] ? text : null;
    }

    /// <summary>110101********1234.</summary>
    public static string Mask(string number) => number.Length < 18 ? "" : $"{number.AsSpan(0, 6)}********{number.AsSpan(14)}";

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}

/// <summary>手机号.</summary>
public static class PhoneNumber
{
    /// <returns>11 digits; null when it is no mobile number.</returns>
    public static string? Read(string said)
    {
        var text = new string([.. Utterance.Unmarked(said.Normalize(NormalizationForm.FormKC)).Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
        if (text.StartsWith("+86", StringComparison.Ordinal))
            text = text[3..];
        return text.Length == 11 && text[0] == '1' && text[1] is >= '3' and <= '9' && text.All(char.IsAsciiDigit) ? text : null;
    }

    public static string Mask(string number) => number.Length < 11 ? "" : $"{number.AsSpan(0, 3)}****{number.AsSpan(7)}";
}

/// <summary>姓名.</summary>
public static class PersonName
{
    private const int Longest = 30;

    /// <returns>Null when it cannot be a name.</returns>
    public static string? Read(string said)
    {
        var text = Utterance.Unmarked(said.Normalize(NormalizationForm.FormKC));
        // By runes: rare characters lie beyond the basic plane.
        var runes = text.EnumerateRunes().ToArray();
        return runes.Length is >= 2 and <= Longest && runes.All(r => IsWritten(r) || r.Value is '·' or '•' or ' ' or '.') && runes.Any(Rune.IsLetter) ? text : null;
    }

    /// <summary>张*, 欧阳** is not told from 欧***: the first character stays.</summary>
    public static string Mask(string name)
    {
        var characters = new StringInfo(name);
        return characters.LengthInTextElements == 0 ? ""
            : $"{characters.SubstringByTextElements(0, 1)}{new string('*', Math.Min(characters.LengthInTextElements - 1, 2))}";
    }

    // With the marks that stand on a letter, or choose its shape.
    private static bool IsWritten(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
