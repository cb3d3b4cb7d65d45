namespace Bot.WeChat;

/// <summary>What became of template messages and subscription notices.</summary>
internal static class NoticeEvents
{
    private const string Failed = "failed";

    public static TemplateSentEvent TemplateSent(in FieldTable fields, in EventHead head)
    {
        var (outcome, reason) = OutcomeOf(fields.TextOrEmpty("Status"u8).Trim());
        return new TemplateSentEvent
        {
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
            Outcome = outcome,
            Reason = reason,
        };
    }

    public static SubscriptionEvent Popup(in FieldTable fields, in EventHead head) =>
        Subscription(fields, head, SubscriptionNews.Popup, "SubscribeMsgPopupEvent"u8);

    public static SubscriptionEvent Change(in FieldTable fields, in EventHead head) =>
        Subscription(fields, head, SubscriptionNews.Change, "SubscribeMsgChangeEvent"u8);

    public static SubscriptionEvent Sent(in FieldTable fields, in EventHead head) =>
        Subscription(fields, head, SubscriptionNews.Sent, "SubscribeMsgSentEvent"u8);

    // “failed:user block”, “failed: system failed”, “failed:freq limit”: blanks and case vary.
    private static (TemplateOutcome, string?) OutcomeOf(string status)
    {
        if (status.Equals("success", StringComparison.OrdinalIgnoreCase))
            return (TemplateOutcome.Delivered, null);
        var reason = status.StartsWith(Failed, StringComparison.OrdinalIgnoreCase)
            ? status[Failed.Length..].TrimStart(':', ' ').TrimEnd()
            : status;
        var refused = reason.Replace(" ", "", StringComparison.Ordinal).Equals("userblock", StringComparison.OrdinalIgnoreCase);
        return (refused ? TemplateOutcome.RefusedByUser : TemplateOutcome.Failed, reason);
    }

    private static SubscriptionEvent Subscription(
        in FieldTable fields, in EventHead head, SubscriptionNews news, ReadOnlySpan<byte> container)
    {
        // XML wraps the list in an element; JSON has it at the top, as one object or several.
        var parent = fields.Child(container) is > 0 and var wrapped ? wrapped : FieldTable.Root;
        var items = new List<SubscriptionItem>();
        var jobId = head.JobId;
        for (var i = fields.Find(parent, "List"u8); i >= 0; i = fields.Find(parent, "List"u8, i + 1))
        {
            var msgId = fields.TextAnyCase("MsgID"u8, i);
            jobId = jobId.Length == 0 && msgId is not null ? msgId : jobId;
            items.Add(new SubscriptionItem(
                fields.TextOrEmpty("TemplateId"u8, i),
                fields.TextOrEmpty(news == SubscriptionNews.Sent ? "ErrorStatus"u8 : "SubscribeStatusString"u8, i),
                msgId,
                fields.Number("ErrorCode"u8, i),
                fields.Number("PopupScene"u8, i)));
        }

        return new SubscriptionEvent
        {
            // Two notices to one citizen in one second differ by nothing but the id inside the list.
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = jobId,
            News = news,
            Items = items,
        };
    }
}
