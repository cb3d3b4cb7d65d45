using System.Security.Cryptography;
using System.Text;

namespace Bot.Data.Cases;

/// <summary>What alone leads to a sealed report (密封举报), such as <c>MF-7K2P-0QXD-9RTA-C3VM</c>: 80 bits, in letters that are not mistaken for each other.</summary>
public sealed class SealedCode
{
    private const string Prefix = "MF";
    private const int Length = 16;
    private const int Bits = 5;

    // Crockford's: without I, L, O and U.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private SealedCode(string letters) => Text = $"{Prefix}-{letters[..4]}-{letters[4..8]}-{letters[8..12]}-{letters[12..]}";

    public string Text { get; }

    /// <summary>What the database keeps: nobody guesses 80 bits back from it.</summary>
    internal byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <param name="secret">At least 16 bytes that only we can make.</param>
    internal static SealedCode Of(ReadOnlySpan<byte> secret)
    {
        var letters = new char[Length];
        for (var i = 0; i < Length; i++)
            letters[i] = Alphabet[secret[i] & ((1 << Bits) - 1)];
        return new(new string(letters));
    }

    /// <summary>As people copy it: lower case, full width, without hyphens, O for 0.</summary>
    public static SealedCode? TryParse(string text)
    {
        if (text.Length > 60)
            return null;
        var plain = new string([.. text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        if (plain.Length != Prefix.Length + Length || !plain.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var letters = plain[Prefix.Length..].Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return letters.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? new(letters) : null;
    }

    /// <summary>Whether somebody means a code, be it mistyped.</summary>
    public static bool IsMeant(string text) =>
        text.Length <= 60 && (text.Normalize(NormalizationForm.FormKC).TrimStart().StartsWith($"{Prefix}-", StringComparison.OrdinalIgnoreCase) || TryParse(text) is not null);

    public override string ToString() => Text;
}
