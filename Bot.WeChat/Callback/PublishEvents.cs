using System.Globalization;

namespace Bot.WeChat;

/// <summary>What became of mass messages and published articles.</summary>
internal static class PublishEvents
{
    /// <summary>One name for two things: PublishEventInfo tells them apart.</summary>
    public static Event? MassSentOrPublished(in FieldTable fields, in EventHead head) =>
        Published(fields, head) ?? (Event)MassSent(fields, head);

    public static PublishedEvent? Published(in FieldTable fields, in EventHead head)
    {
        var info = fields.Child("PublishEventInfo"u8);
        if (info < 0)
            return null;
        var id = fields.TextOrEmpty("publish_id"u8, info);
        return new PublishedEvent
        {
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key,
            JobId = head.JobId.Length > 0 ? head.JobId : id,
            PublishId = id,
            Status = fields.Number("publish_status"u8, info),
            ArticleId = fields.Text("article_id"u8, info),
            ArticleUrls = fields.Leaves("PublishEventInfo"u8, "article_url"u8),
            FailedIndexes = [.. fields.Leaves("PublishEventInfo"u8, "fail_idx"u8).Select(Index).Where(index => index > 0)],
        };
    }

    private static MassSentEvent MassSent(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Status = fields.TextOrEmpty("Status"u8).Trim(),
        TotalCount = fields.Number("TotalCount"u8),
        FilterCount = fields.Number("FilterCount"u8),
        SentCount = fields.Number("SentCount"u8),
        ErrorCount = fields.Number("ErrorCount"u8),
        ArticleUrls = fields.Leaves("ArticleUrlResult"u8, "ArticleUrl"u8),
    };

    private static int Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;
}
