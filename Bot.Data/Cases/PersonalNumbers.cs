using System.Text.RegularExpressions;

namespace Bot.Data.Cases;

/// <summary>Masks numbers of identity documents and bank cards, and mobile telephones, in what a citizen wrote.</summary>
public static partial class PersonalNumbers
{
    private const int Head = 3;
    private const int Tail = 2;
    private const int PhoneTail = 4;

    /// <returns>The same text when it holds none.</returns>
    public static string Mask(string text) => Mobile().Replace(LongNumber().Replace(text, static found => Masked(found.Value, Tail)), static found => Masked(found.Value, PhoneTail));

    private static string Masked(string number, int tail)
    {
        var characters = number.ToCharArray();
        var (seen, count) = (0, number.Count(char.IsAsciiLetterOrDigit));
        for (var i = 0; i < characters.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(characters[i]) && ++seen > Head && seen <= count - tail)
                characters[i] = '*';
        }

        return new(characters);
    }

    // 15 or 18 places of an identity card, 16 to 19 of a bank card, written together or in groups.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9][0-9](?:[ -]?[0-9]){12,16}(?:[ -]?[0-9Xx])(?![0-9A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongNumber();

    // 138 0013 8000, 138-0013-8000.
    [GeneratedRegex("(?<![0-9A-Za-z])1[3-9][0-9](?:[ -]?[0-9]){8}(?![0-9A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mobile();
}
