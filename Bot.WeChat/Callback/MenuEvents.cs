namespace Bot.WeChat;

/// <summary>Taps on the menu.</summary>
internal static class MenuEvents
{
    public static ClickEvent Click(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
    };

    public static ViewEvent View(in FieldTable fields, in EventHead head) => Viewed(fields, head, miniProgram: false);

    public static ViewEvent MiniProgram(in FieldTable fields, in EventHead head) => Viewed(fields, head, miniProgram: true);

    public static ScanCodeEvent ScanCode(in FieldTable fields, in EventHead head) => Scanned(fields, head, waits: false);

    public static ScanCodeEvent ScanCodeWaits(in FieldTable fields, in EventHead head) => Scanned(fields, head, waits: true);

    public static PicturesEvent Pictures(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Count = fields.Number("Count"u8, fields.Child("SendPicsInfo"u8)),
        Md5Sums = fields.Leaves("SendPicsInfo"u8, "PicMd5Sum"u8),
    };

    public static LocationSelectEvent LocationSelect(in FieldTable fields, in EventHead head)
    {
        var info = fields.Child("SendLocationInfo"u8);
        return new LocationSelectEvent
        {
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
            Latitude = fields.Degrees("Location_X"u8, 90, info),
            Longitude = fields.Degrees("Location_Y"u8, 180, info),
            Scale = fields.Number("Scale"u8, info),
            Label = fields.Text("Label"u8, info),
            Poi = fields.Text("Poiname"u8, info),
        };
    }

    private static ViewEvent Viewed(in FieldTable fields, in EventHead head, bool miniProgram) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        MenuId = fields.TextAnyCase("MenuId"u8),
        MiniProgram = miniProgram,
    };

    private static ScanCodeEvent Scanned(in FieldTable fields, in EventHead head, bool waits)
    {
        var info = fields.Child("ScanCodeInfo"u8);
        return new ScanCodeEvent
        {
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, Name = head.Name, EventKey = head.Key, JobId = head.JobId,
            ScanType = fields.Text("ScanType"u8, info),
            ScanResult = fields.Text("ScanResult"u8, info),
            Waits = waits,
        };
    }
}
