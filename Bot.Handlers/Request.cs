using Bot.WeChat;

namespace Bot.Handlers;

/// <summary>What a handler is asked.</summary>
/// <param name="Message">The citizen's message, of any kind: every door leads to the same handler.</param>
/// <param name="Argument">What came with the command: the words behind it, the scene behind its prefix, the choice's own key. May be empty.</param>
/// <param name="Page">From 0; raised by 下一页.</param>
/// <param name="After">The command behind the list that the citizen saw last; empty for none.</param>
public readonly record struct Request(Inbound Message, string Argument, int Page = 0, string After = "")
{
    public OpenId Citizen => Message.From;

    /// <summary>Whether a QR code or a menu of ours led here: its argument is a code, and not what a citizen said.</summary>
    public bool IsByCode => Message is ScanEvent or SubscribeEvent or ClickEvent;
}
