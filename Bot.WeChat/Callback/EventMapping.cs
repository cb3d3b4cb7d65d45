using System.Text;

namespace Bot.WeChat;

/// <summary>What every event carries.</summary>
internal readonly record struct EventHead(
    string Account, OpenId From, long CreateTime, string Name, string Key, string JobId);

/// <summary>The events that this release knows, by name: in the order of how often they come.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “接收事件推送”.</remarks>
internal static class EventMapping
{
    private static readonly Known[] Table =
    [
        new("CLICK", MenuEvents.Click),
        new("VIEW", MenuEvents.View),
        new("subscribe", FollowEvents.Subscribe),
        new("unsubscribe", FollowEvents.Unsubscribe),
        new("SCAN", FollowEvents.Scan),
        new("LOCATION", FollowEvents.Location),
        new("TEMPLATESENDJOBFINISH", NoticeEvents.TemplateSent),
        new("subscribe_msg_popup_event", NoticeEvents.Popup),
        new("subscribe_msg_change_event", NoticeEvents.Change),
        new("subscribe_msg_sent_event", NoticeEvents.Sent),
        new("view_miniprogram", MenuEvents.MiniProgram),
        new("scancode_push", MenuEvents.ScanCode),
        new("scancode_waitmsg", MenuEvents.ScanCodeWaits),
        new("pic_sysphoto", MenuEvents.Pictures),
        new("pic_photo_or_album", MenuEvents.Pictures),
        new("pic_weixin", MenuEvents.Pictures),
        new("location_select", MenuEvents.LocationSelect),
        new("kf_create_session", AccountEvents.SessionCreated),
        new("kf_close_session", AccountEvents.SessionClosed),
        new("kf_switch_session", AccountEvents.SessionSwitched),
        new("MASSSENDJOBFINISH", PublishEvents.MassSentOrPublished),
        new("PUBLISHJOBFINISH", PublishEvents.Published),
        new("FREEPUBLISHJOBFINISH", PublishEvents.Published),
        new("qualification_verify_success", AccountEvents.Verification),
        new("qualification_verify_fail", AccountEvents.Verification),
        new("naming_verify_success", AccountEvents.Verification),
        new("naming_verify_fail", AccountEvents.Verification),
        new("annual_renew", AccountEvents.Verification),
        new("verify_expired", AccountEvents.Verification),
        new("user_info_modified", AccountEvents.UserAuthorization),
        new("user_authorization_revoke", AccountEvents.UserAuthorization),
        new("user_authorization_cancellation", AccountEvents.UserAuthorization),
        new("user_authorize_invoice", AccountEvents.Invoice),
    ];

    /// <summary>Null when the event lacks what its record is about.</summary>
    private delegate Event? Reader(in FieldTable fields, in EventHead head);

    public static Event Map(in FieldTable fields, in Head head)
    {
        var name = Xml.Trim(fields.Bytes("Event"u8));
        foreach (var known in Table)
        {
            if (Ascii.EqualsIgnoreCase(name, known.Utf8))
            {
                var spelled = name.SequenceEqual(known.Utf8) ? known.Name : Encoding.UTF8.GetString(name);
                var whole = Whole(fields, head, spelled);
                return known.Read(fields, whole) ?? Unknown(fields, whole);
            }
        }

        return Unknown(fields, Whole(fields, head, Encoding.UTF8.GetString(name)));
    }

    private static EventHead Whole(in FieldTable fields, in Head head, string name) =>
        new(head.Account, head.From, head.CreateTime, name, fields.TextOrEmpty("EventKey"u8), fields.TextAnyCase("MsgID"u8) ?? "");

    private static UnknownEvent Unknown(in FieldTable fields, in EventHead head) => new()
    {
        Account = head.Account, From = head.From, CreateTime = head.CreateTime,
        Name = head.Name, EventKey = head.Key, JobId = head.JobId,
        Fields = UnknownFields.Of(fields),
    };

    private sealed class Known(string name, Reader read)
    {
        public string Name => name;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

        public Reader Read => read;
    }
}
