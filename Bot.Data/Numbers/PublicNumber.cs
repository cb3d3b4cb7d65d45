using System.Globalization;

namespace Bot.Data.Numbers;

/// <summary>A number that citizens read out and type in: 2 letters, date, serial, check character, such as <c>TS20261122-0007-3</c>.</summary>
/// <remarks>The check character (ISO 7064 MOD 37,36, with which one wrong and two swapped characters are noticed) is a digit or a letter.</remarks>
public sealed record PublicNumber
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Modulus = 36;

    private PublicNumber(string text) => Text = text;

    public string Text { get; }

    /// <param name="prefix">Two upper-case letters.</param>
    /// <param name="day">The day it was given, in Beijing.</param>
    /// <param name="serial">From 1, on that day and for that prefix; at least four digits are shown.</param>
    public static PublicNumber Make(string prefix, DateOnly day, int serial)
    {
        var (date, number) = (day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), serial.ToString("0000", CultureInfo.InvariantCulture));
        return new($"{prefix}{date}-{number}-{Check(prefix + date + number)}");
    }

    /// <summary>As people type it: lower case, full width, without hyphens.</summary>
    /// <returns>Null when it is no such number; a slip in one character is noticed.</returns>
    public static PublicNumber? TryParse(string text)
    {
        if (text.Length is < 15 or > 40)
            return null;
        var plain = new string([.. text.Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        if (plain.Length is < 15 or > 20 || !char.IsAsciiLetterUpper(plain[0]) || !char.IsAsciiLetterUpper(plain[1])
            || !DateOnly.TryParseExact(plain[2..10], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || !plain[10..^1].All(char.IsAsciiDigit) || Check(plain[..^1]) != plain[^1])
            return null;
        return new($"{plain[..10]}-{plain[10..^1]}-{plain[^1]}");
    }

    public override string ToString() => Text;

    private static char Check(string plain)
    {
        var product = Modulus;
        foreach (var c in plain)
        {
            var sum = (product + Alphabet.IndexOf(c, StringComparison.Ordinal)) % Modulus;
            product = (sum == 0 ? Modulus : sum) * 2 % (Modulus + 1);
        }

        return Alphabet[(Modulus + 1 - product) % Modulus];
    }
}
