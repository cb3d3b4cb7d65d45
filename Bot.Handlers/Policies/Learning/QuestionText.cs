using System.Buffers;
using System.Text;
using Bot.Handlers.Language;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies.Learning;

/// <summary>A question as it may be kept: short and without long numbers.</summary>
/// <param name="Kept">As asked, with long numbers masked.</param>
/// <param name="Normal">Folded, and nothing but what means something: questions that differ only in writing are one. Empty for 。。。 and its like.</param>
public readonly record struct QuestionText(string Kept, string Normal)
{
    public const int Longest = 100;

    // Shorter ones name a year, a decree, a sum; longer ones name a person, a phone, an account.
    private const int ShortestPrivateNumber = 5;
    private const char Mask = '*';

    // As long as a telephone's: no document is called by it. Hotlines and decrees have fewer.
    private const int ShortestAccount = 6;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789０１２３４５６７８９");

    public static QuestionText Of(string question)
    {
        var kept = Masked(question);
        return new(kept, Folded(kept));
    }

    /// <summary>What of a question can find anything: the same with each long number marked, whoever's it is.</summary>
    /// <param name="room">Where it is written, at least as long as the question.</param>
    internal static ReadOnlySpan<char> WithoutNumbers(ReadOnlySpan<char> question, Span<char> room)
    {
        var length = 0;
        while (question.IndexOfAny(s_digits) is var at and >= 0)
        {
            question[..at].CopyTo(room[length..]);
            length += at;
            question = question[at..];
            var end = question.IndexOfAnyExcept(s_digits) is var other and >= 0 ? other : question.Length;
            if (end >= ShortestAccount)
                room[length] = Mask;
            else
                question[..end].CopyTo(room[length..]);
            length += end >= ShortestAccount ? 1 : end;
            question = question[end..];
        }

        question.CopyTo(room[length..]);
        return room[..(length + question.Length)];
    }

    private static string Masked(string question)
    {
        var kept = new StringBuilder(Math.Min(question.Length, Longest));
        for (var i = 0; i < question.Length && kept.Length < Longest;)
        {
            var end = i;
            while (end < question.Length && Chinese.Fold(question[end]) is (>= '0' and <= '9') or '-' or 'x')
                end++;
            var isPrivate = question.AsSpan(i, end - i).ContainsAny(s_digits) && end - i >= ShortestPrivateNumber;
            if (isPrivate)
                kept.Append(Mask);
            else if (end == i)
                kept.Append(question[end++] is var c && !char.IsControl(c) ? c : ' ');
            else
                kept.Append(question, i, end - i);
            i = end;
        }

        var text = kept.Length > Longest ? kept.ToString(0, Longest) : kept.ToString();
        // A cut may have halved an emoji, and a phone may send half of one: the database takes neither.
        return text.All(c => !char.IsSurrogate(c)) ? text.Trim() : Whole(text).Trim();
    }

    private static string Folded(string kept)
    {
        Span<char> words = stackalloc char[Longest];
        var length = 0;
        foreach (var c in kept)
        {
            if (Chinese.Fold(c) is var folded && Grams.IsWord(folded))
                words[length++] = folded;
        }

        return new(words[..length]);
    }

    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune.Value == 0xFFFD ? "" : rune.ToString());
        return whole.ToString();
    }
}
