namespace Bot.WeChat;

/// <summary>A citizen comes, goes, or shows where he is.</summary>
internal static class FollowEvents
{
    /// <summary>Before a scene when the scan made someone follow us; absent when a follower scans.</summary>
    private const string ScenePrefix = "qrscene_";

    public static SubscribeEvent Subscribe(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Scene = head.Key.Length > ScenePrefix.Length && head.Key.StartsWith(ScenePrefix, StringComparison.Ordinal) ? SceneOf(head.Key) : null,
        Ticket = fields.Text("Ticket"u8),
    };

    public static UnsubscribeEvent Unsubscribe(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
    };

    public static ScanEvent Scan(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Scene = SceneOf(head.Key),
        Ticket = fields.Text("Ticket"u8),
    };

    public static LocationEvent Location(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Latitude = fields.Degrees("Latitude"u8, 90),
        Longitude = fields.Degrees("Longitude"u8, 180),
        Precision = fields.Degrees("Precision"u8, double.MaxValue),
    };

    private static string SceneOf(string key) =>
        key.StartsWith(ScenePrefix, StringComparison.Ordinal) ? key[ScenePrefix.Length..] : key;
}
