using static Bot.Data.Postgres.RetentionRule;

namespace Bot.Data.Postgres;

/// <summary>How long every table that leads to a person is kept. A test holds the list against the tables.</summary>
internal static class RetentionRules
{
    // A form that was left, and where somebody was: for a day.
    private const int ADay = 1;
    private const int AMonth = 30;

    public static IReadOnlyList<RetentionRule> All { get; } =
    [
        Empty("citizen_message", p => p.MessageDays, "openid = '', words = '', data = '{}', url = '', notice_choices = '{}'",
            "t.created_at < @before and t.openid <> '' and t.status not in ('waiting', 'sending', 'granting')"),

        Empty("booking", p => p.VisitDays, BookingSql.Nobodys, "t.day < @day and t.name <> ''"),
        Empty("visit", p => p.VisitDays, "openid = ''", "t.day < @day and t.openid <> ''"),
        Empty("visit_rating", p => p.VisitDays, "words = ''", "t.rated_at < @before and t.words <> ''"),
        Delete("booking_ban", p => p.VisitDays, "t.until < @before"),
        Delete("waitlist", p => p.WaitlistDays, "t.day < @day"),
        Delete("visitor", p => p.VisitorDays, "t.agreed_at < @before"),
        Delete("booking_hold", _ => ADay, "t.day < @day"),
        Delete("person_asked", _ => ADay, "t.day < @day"),
        Delete("citizen_place", _ => ADay, "t.told_at < @before"),

        // With its lines and pictures.
        Delete("conversation", p => p.ConversationDays, "coalesce(t.closed_at, t.heard_at) < @before").Heavy,

        Delete("follower", p => p.FormerFollowerDays, "not t.subscribed and t.unsubscribed_at < @before"),
        OfFollowers("consent", "given_at"), OfFollowers("follower_tag", "added_at"), OfFollowers("topic_subscription", "since"),
        OfFollowers("notice_opt_out", "at"), OfFollowers("subscription_grant", "changed_at"), OfFollowers("subscription_entry", "at"),

        // What was said stays, and nobody said it.
        Empty("consultation_comment", p => p.CommenterDays, "openid = null, openid_hash = null",
            "t.openid_hash is not null and exists (select from consultation c where c.id = t.consultation and coalesce(c.report_public_at, c.stopped_at) < @before)"),
        Empty("survey_answer", p => p.CommenterDays, $"token = sha256(uuid_send(gen_random_uuid())), run_id = '{Guid.Empty}'",
            $"not t.anonymous and t.run_id <> '{Guid.Empty}' and exists (select from survey s where s.id = t.survey and s.ended_at < @before)"),

        // Clerks' own.
        Empty("article_push", _ => AMonth, "reader = null", "t.made_at < @before and t.reader is not null and t.state = 'doubtful'"),
        Delete("notice_composing", _ => ADay, "t.created_at < @before"),
        Delete("sign_in_try", _ => ADay, "coalesce(t.failed_at, t.welcome_at, '-infinity') < @before and coalesce(t.welcome_at < @before - interval '89 days', true)"),
        Delete("staff_session", p => p.StaffSessionDays, "t.last_seen_at < @before"),

        Delete("policy_reading", p => p.ReadingDays, "t.day < @day"),
        Delete("privacy_request", p => p.PrivacyRequestDays, "coalesce(t.done_at, t.lapses_at) < @before"),
    ];

    /// <summary>Tables that forget otherwise, and how.</summary>
    public static IReadOnlyDictionary<string, string> Elsewhere { get; } = new Dictionary<string, string>
    {
        ["case_citizen"] = "ForgottenCases, CaseDays after the case was closed", ["case_photo"] = "with its case; without one after seven days", ["case_draft"] = "after seven days",
        ["notice_recipient"] = "Notices:KeepDays", ["notice_event"] = "after a day", ["survey_participation"] = "when the survey ends",
        ["policy_waiting"] = "after 90 days, with the questions", ["staff_openid"] = "a clerk's own, until they unbind it",
    };
}
