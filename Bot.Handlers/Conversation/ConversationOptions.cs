namespace Bot.Handlers.Conversation;

/// <summary>How patient the conversation is.</summary>
public sealed record ConversationOptions
{
    /// <summary>A flow left for longer ends by itself, and says so at the next message.</summary>
    public TimeSpan FlowPatience { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>More than this from one citizen within a minute get a courteous sentence; at least 120.</summary>
    public int MessagesPerMinute { get; set; } = 120;
}
