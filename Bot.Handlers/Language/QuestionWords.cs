namespace Bot.Handlers.Language;

/// <summary>Words by which a sentence asks for something to be told, not done.</summary>
internal static class QuestionWords
{
    private static readonly string[] s_words = ["怎么", "如何", "哪里", "哪儿", "什么", "多少", "流程", "吗", "?"];

    /// <param name="words">Folded.</param>
    public static bool In(string words)
    {
        foreach (var word in s_words)
        {
            if (words.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
