using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Bot.Data.Notices;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>Columns of notices and how they are read.</summary>
internal static class NoticeSql
{
    public const string Columns =
        """
        n.public_id, n.origin, n.lane, n.status, t.code, v.title, n.template_version, n.reference, n.url, n.made_by, n.approved_by,
        n.scheduled_at, n.api_key, n.any_hour, n.simulated, n.reason, n.error_code, n.recipients, n.created_at, n.approved_at, n.started_at,
        n.finished_at, y.queued, y.sent, y.delivered, y.refused, y.failed, y.cancelled, n.audience, n.department, n.expires_at,
        (select count(*)::int from notice_recipient u where u.notice_id = n.id and u.uncertain_since is not null and u.status = 'parked'),
        n.group_kind, n.group_choice, n.gathering, n.joined
        """;

    public const string From =
        """
        from notice n
        join notice_template_version v on v.id = n.template_version
        join notice_template t on t.id = v.template
        join notice_tally y on y.notice_id = n.id
        """;

    /// <summary>For claims: may be sent now.</summary>
    public const string Goes =
        """
        n.status = 'sending' and not n.gathering and (n.expires_at is null or n.expires_at > @now)
            and (n.simulated or not exists (select from notice_gate where closed_until > @now))
        """;

    /// <summary>For claims: <see cref="NoticeHead"/>.</summary>
    public const string Head = "n.id, n.public_id, t.template_id, n.url, n.simulated, greatest(n.scheduled_at, n.created_at), n.expires_at";

    public const string HeadFrom = "join notice_template_version v on v.id = n.template_version join notice_template t on t.id = v.template";

    /// <summary>
    /// For the queue: rows by their key, in the order in which they stand in their index. Without statistics, as after a million new rows, the
    /// planner would rather read them all for every claim and every batch of results.
    /// </summary>
    public const string ByKey =
        """
        set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;
        set local enable_memoize = off; set local enable_sort = off; set local jit = off;
        """;

    public const string Channel = "notice_waiting";

    /// <summary>Wakes the hosts once the transaction is committed.</summary>
    public const string Ring = $"notify {Channel}";

    /// <summary>Tells the hosts, once the transaction is committed, that what they hold of a notice stops (@word <see cref="Stop"/>) or may go (<see cref="Go"/>).</summary>
    public const string Halt = $"pg_notify('{Channel}', @word || id)";

    public const string Stop = "stop ";

    public const string Go = "go ";

    /// <returns>Null: there is new work.</returns>
    public static NoticeHalt? ReadHalt(string payload) =>
        payload.StartsWith(Stop, StringComparison.Ordinal) ? new(long.Parse(payload.AsSpan(Stop.Length), CultureInfo.InvariantCulture), Stopped: true)
        : payload.StartsWith(Go, StringComparison.Ordinal) ? new(long.Parse(payload.AsSpan(Go.Length), CultureInfo.InvariantCulture), Stopped: false)
        : null;

    public static Notice ReadNotice(DbDataReader row) => new(
        row.GetString(0), NoticeSpelling.Read<NoticeOrigin>(row.GetString(1)), NoticeSpelling.Read<NoticeLane>(row.GetString(2)),
        NoticeSpelling.Read<NoticeStatus>(row.GetString(3)), row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetString(7), row.GetString(8),
        row.GetString(9), row.Text(10), row.Time(11), row.Text(12), row.GetBoolean(13), row.GetBoolean(14), row.GetString(15), row.Number(16),
        row.GetInt32(17), row.Time(18)!.Value, row.Time(19), row.Time(20), row.Time(21),
        new(row.GetInt32(22), row.GetInt32(23), row.GetInt32(24), row.GetInt32(25), row.GetInt32(26), row.GetInt32(27)), row.GetString(28), row.Text(29), row.Time(30),
        row.GetInt32(31), row.IsDBNull(32) ? null : new(row.GetString(32), row.GetString(33)), row.GetBoolean(34), row.GetInt32(35));

    public static NoticeRecipient ReadRecipient(DbDataReader row) => new(
        row.GetInt32(0), new OpenId(row.GetString(1)), NoticeSpelling.Read<RecipientStatus>(row.GetString(2)), row.GetInt16(3),
        row.Time(4), row.Time(5), row.Number(6), row.Text(7));

    public static NoticeHead ReadHead(DbDataReader row, int first) => new(
        row.GetInt64(first), row.GetString(first + 1), row.GetString(first + 2), row.GetString(first + 3), row.GetBoolean(first + 4),
        row.Time(first + 5)!.Value, row.Time(first + 6));

    /// <summary>By key for each row: <c>exists</c> would at times read all followers for every claim.</summary>
    /// <param name="row">Of what names the citizen.</param>
    /// <param name="notice">Of what names the notice's origin and lane.</param>
    public static string Skip(string row, string notice) =>
        $"""
        case when {notice}.origin = 'test' then 0
             when (select not f.subscribed from follower f where f.openid = {row}.openid) then 1
             when (select o.everything and {notice}.origin <> 'flow' or {notice}.origin = 'console' and {notice}.lane <> 'single' from notice_opt_out o where o.openid = {row}.openid) then 2
             else 0 end
        """;

    public static SkipReason? ReadSkip(DbDataReader row, int column) => row.GetInt32(column) switch
    {
        1 => SkipReason.NotFollowing, 2 => SkipReason.OptedOut, _ => null,
    };

    /// <summary>The values of a row, by field. Straight from its bytes: this is done for every notice.</summary>
    public static Dictionary<string, string> ReadData(DbDataReader row, int column)
    {
        Dictionary<string, string> data = new(4, StringComparer.Ordinal);
        Utf8JsonReader json = new(row.GetFieldValue<byte[]>(column));
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var field = json.GetString()!;
            json.Read();
            data[field] = json.GetString() ?? "";
        }

        return data;
    }
}
