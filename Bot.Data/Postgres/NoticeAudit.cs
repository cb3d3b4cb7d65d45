using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Notices;

namespace Bot.Data.Postgres;

/// <summary>Acts on notices as the audit log tells them; a notice to a hundred thousand is one act.</summary>
internal static class NoticeAudit
{
    private const string Kind = "notice";

    public static AuditAct Of(string by, NoticeAct act, string id, NoticeStatus now) => new(by, $"notice.{act.Stored()}", Kind, id)
    {
        Details = new Dictionary<string, string?> { ["status"] = now.Stored() },
    };

    /// <param name="row">Null: all that are of unclear outcome.</param>
    public static AuditAct Resent(string by, string id, int? row, int count) => new(by, "notice.resend", Kind, id)
    {
        Details = new Dictionary<string, string?> { ["row"] = row?.ToString(CultureInfo.InvariantCulture), ["count"] = count.ToString(CultureInfo.InvariantCulture) },
    };

    public static AuditAct Gathered(string id, int left, int joined) => new("system:notice", "notice.gather", Kind, id)
    {
        Details = new Dictionary<string, string?> { ["left"] = left.ToString(CultureInfo.InvariantCulture), ["joined"] = joined.ToString(CultureInfo.InvariantCulture) },
    };

    public static AuditAct GateOpened(string by) => new(by, "notice.open", Kind, "gate");

    public static AuditAct Made(NewNotice notice, string id, int recipients) => new(Actor(notice), "notice.make", Kind, id)
    {
        Details = new Dictionary<string, string?>
        {
            ["origin"] = notice.Origin.Stored(), ["templateVersion"] = notice.TemplateVersion.ToString(CultureInfo.InvariantCulture),
            ["recipients"] = recipients.ToString(CultureInfo.InvariantCulture), ["audience"] = notice.Audience,
        },
    };

    private static string Actor(NewNotice notice) => notice.Origin switch
    {
        NoticeOrigin.Api => $"api:{notice.MadeBy}",
        NoticeOrigin.Flow => $"system:{notice.MadeBy}",
        NoticeOrigin.Console or NoticeOrigin.Test => notice.MadeBy,
    };
}
