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
    public static IReadOnlyList<SealedColumn> All { get; } = [new("staff", "totp_secret", "name"), new("notice_webhook", "secret", "owner")];

    /// <summary>Columns of bytes that are something else: digests, and keys sealed in their own way.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "api_key.hash", "audit_entry.hash", "audit_entry.previous_hash", "field_key.sealed", "notice.body_hash", "notice.source_hash", "privacy_request.key_hash",
        "staff.recovery_codes", "staff_session.key_hash",
    ];
}
