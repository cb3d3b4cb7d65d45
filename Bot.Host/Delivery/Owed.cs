using System.Text;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>Answers that an earlier message is still owed, told in front of the answer to this one.</summary>
internal static class Owed
{
    // Less is not worth beginning with: it waits for a shorter answer.
    private const int LeastTold = 300;

    private static readonly Text s_lead = Text.Of("chat.owed");
    private static readonly Text s_more = Text.Of("chat.owed-more");

    /// <summary>The answer stays whole: what is owed is told as far as there is room beside it, and the rest at the next message.</summary>
    /// <returns>The reply, and the beginning of <paramref name="owed"/> that is in it; null when there is no room now.</returns>
    public static (Reply.Text Reply, string Told)? Before(Reply.Text answer, string owed)
    {
        var room = Reply.MaxTextBytes - Bytes(answer.Content) - Bytes(s_lead.Say()) - "\n\n\n".Length;
        var whole = Encoding.UTF8.GetBytes(owed);
        if (whole.Length <= room)
            return (new($"{s_lead.Say()}\n{owed}\n\n{answer.Content}"), owed);

        var end = room - Bytes(s_more.Say()) - "\n".Length;
        if (end < LeastTold)
            return null;
        while ((whole[end] & 0xC0) == 0x80)
            end--;
        var told = Encoding.UTF8.GetString(whole, 0, end);
        return (new($"{s_lead.Say()}\n{told}\n{s_more.Say()}\n\n{answer.Content}"), told);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
