using System.Globalization;
using System.Text;

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
        var text = new string([.. said.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
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
        var text = new string([.. said.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
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
        var text = said.Normalize(NormalizationForm.FormKC).Trim();
        return text.Length is >= 2 and <= Longest && text.All(c => char.IsLetter(c) || c is '·' or '•' or ' ' or '.') && text.Any(char.IsLetter) ? text : null;
    }

    /// <summary>张*, 欧阳** is not told from 欧***: the first character stays.</summary>
    public static string Mask(string name) => name.Length == 0 ? "" : $"{name[0]}{new string('*', Math.Min(name.Length - 1, 2))}";
}
