namespace Bot.Data.Postgres;

/// <summary>A column that holds what <see cref="Privacy.FieldCipher"/> sealed as the field <c>table.column</c>.</summary>
/// <param name="Row">SQL for the row that its fields are bound to, as text.</param>
internal sealed record SealedColumn(string Table, string Column, string Row)
{
    public string Field => $"{Table}.{Column}";
}

/// <summary>Every sealed column: a change of keys goes through these. A test holds the list against the schema.</summary>
internal static class SealedColumns
{
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("staff", "totp_secret", "name"), new("notice_webhook", "secret", "owner"),
        new("booking", "name", Run), new("booking", "id_number", Run), new("booking", "phone", Run), new("waitlist", "details", Run),
        new("visitor", "name", Id), new("visitor", "id_number", Id), new("visitor", "phone", Id),
        new("case_file", "story_sealed", "number"), new("case_file", "contact", "number"), new("case_citizen", "openid", "upper(encode(openid_hash, 'hex'))"),
        new("survey_ballot", "sealed", Id), new("consultation_comment", "openid", "upper(encode(openid_hash, 'hex'))"),
        new("case_event", "words_sealed", Run), new("conversation_line", "sealed", "replace(seal_id::text, '-', '')"),
        new("case_photo", "openid", "upper(encode(openid_hash, 'hex'))"), new("case_draft", "form", "upper(encode(openid_hash, 'hex'))"),
        new("case_photo", "seal", "id::text"), new("conversation_picture", "seal", "line::text"),
    ];

    // A Guid as we write it, without hyphens.
    private const string Run = "replace(run_id::text, '-', '')";
    private const string Id = "replace(id::text, '-', '')";

    /// <summary>Columns of bytes that are something else: digests, keys sealed in their own way, and pictures under the keys in their seals.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "article_file.content",
        "api_key.hash", "attachment.content", "attachment.sha256", "audit_entry.hash", "audit_entry.previous_hash", "field_key.sealed", "notice.body_hash", "notice.source_hash", "privacy_request.key_hash",
        "booking.person", "booking.phone_key", "booking_ban.person", "visitor.person", "waitlist.person",
        "case_citizen.openid_hash", "case_sealed.code_hash", "case_document.content", "conversation_picture.content", "conversation_picture.thumbnail", "case_draft.openid_hash", "case_photo.content", "case_photo.openid_hash", "case_photo.thumbnail",
        "survey_answer.token", "survey_participation.token", "consultation_comment.openid_hash",
        "staff.recovery_codes", "staff_session.key_hash", "sign_in_try.name_hash", "sign_in_try.place_hash",
    ];
}
