using System.Text.RegularExpressions;

namespace Bot.Data.Cases;

/// <summary>Masks numbers of identity documents and bank cards in what a citizen wrote.</summary>
public static partial class PersonalNumbers
{
    private const int Head = 3;
    private const int Tail = 2;

    /// <returns>The same text when it holds none.</returns>
    public static string Mask(string text) => LongNumber().Replace(text, static found => Masked(found.Value));

    private static string Masked(string number)
    {
        var characters = number.ToCharArray();
        var (seen, count) = (0, number.Count(char.IsAsciiLetterOrDigit));
        for (var i = 0; i < characters.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(characters[i]) && ++seen > Head && seen <= count - Tail)
                characters[i] = '*';
        }

        return new(characters);
    }

    // 15 or 18 places of an identity card, 16 to 19 of a bank card, written together or in groups.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9][0-9](?:[ -]?[0-9]){12,16}(?:[ -]?[0-9Xx])(?![0-9A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongNumber();
}
