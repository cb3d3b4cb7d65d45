using Bot.Data.Cases;
using Bot.Handlers.Conversation;
using Bot.Handlers.Routing;

namespace Bot.Handlers;

/// <summary>满意 in answer to a message that asks how it went, of a case or of a visit.</summary>
internal static class RatingWords
{
    private const string Case = "case.rate ";
    private const string Visit = "visit.rate ";

    /// <returns>The command that is meant; null when nothing on the screen is to be rated, more than one thing is, or the words are others.</returns>
    public static string? Meant(Screen screen, Utterance said)
    {
        if (Level(said.Words) is not { } level)
            return null;
        string? meant = null;
        foreach (var choice in screen.Choices)
        {
            var command = choice.StartsWith(Case, StringComparison.Ordinal) ? $"{choice} {level}"
                : choice.StartsWith(Visit, StringComparison.Ordinal) && choice.Split(' ') is [_, var id, ..] ? $"{Visit}{id} {6 - level}"
                : null;
            if (command is not null && meant is not null && command != meant)
                return null;
            meant ??= command;
        }

        return meant;
    }

    private static int? Level(string words) => words switch
    {
        "很满意" or "十分满意" or "好评" or "五星好评" => 5,
        "比较满意" or "还可以" or "还行" or "挺好" or "挺满意" => 4,
        "一般" or "一般般" => 3,
        "不太满意" or "差评" => 2,
        "很不满意" or "太差了" or "非常差" => 1,
        _ => Enumerable.Range(1, 5).Cast<int?>().FirstOrDefault(level => words == CaseWords.Level(level!.Value)),
    };
}
