using System.Data.Common;
using System.Text.Json;
using Bot.Data.Privacy;
using Bot.Data.Surveys;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>How surveys lie in the database.</summary>
internal static class SurveySql
{
    public const string Columns =
        """
        s.id, s.title, s.intro, s.keyword, s.anonymous, s.editable, s.audience_kind, s.audience, s.audience_words, s.opens_at, s.closes_at, s.quota,
        s.version, s.ended_at, s.results_public_at, s.made_by, s.revision
        """;

    public const int ColumnCount = 17;

    public const string BallotField = "survey_ballot.sealed";

    public static Survey Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.Text(3), r.GetBoolean(4), r.GetBoolean(5),
        new(r.GetString(6), r.GetString(7), r.GetString(8)), r.Time(9)!.Value, r.Time(10)!.Value, r.Number(11),
        r.GetInt32(12), r.Time(13), r.Time(14), r.GetString(15), r.GetInt32(16));

    /// <summary>Tells that a citizen has answered a survey, and nobody who.</summary>
    public static byte[] Token(FieldCipher cipher, long survey, OpenId citizen) =>
        cipher.LookUp("survey.token", string.Create(null, $"{survey}\n{citizen.Value}"));

    public static byte[] Seal(FieldCipher cipher, Guid ballot, SurveyReplies replies) =>
        cipher.Seal(BallotField, ballot.ToString("N"), JsonSerializer.Serialize(replies));

    public static SurveyReplies Open(FieldCipher cipher, Guid ballot, byte[] value) =>
        JsonSerializer.Deserialize<SurveyReplies>(cipher.Open(BallotField, ballot.ToString("N"), value))!;
}
