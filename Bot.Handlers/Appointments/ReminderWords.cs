using Bot.Handlers.Conversation;
using Bot.Handlers.Routing;

namespace Bot.Handlers.Appointments;

/// <summary>确认 and 取消 in answer to a reminder, whose numbers say the same.</summary>
internal static class ReminderWords
{
    /// <returns>The command that is meant; null when no reminder is on the screen or the words are others.</returns>
    public static string? Meant(Screen screen, Utterance said)
    {
        if (screen.Choices is not [['b', 'o', 'o', 'k', '.', 'a', 's', 's', 'u', 'r', 'e', ' ', .. var number] assure, ..])
            return null;
        // When it is too late for them they have no number, and are answered all the same.
        var (move, cancel) = ($"book.move {number}", $"book.cancel {number}");
        return said.Words switch
        {
            "确认" or "确认到场" or "准时到" or "会来" or "会到" or "好" or "好的" => assure,
            "改期" or "改时间" => move,
            "取消" or "取消预约" or "不去了" or "来不了" => cancel,
            _ => null,
        };
    }
}
