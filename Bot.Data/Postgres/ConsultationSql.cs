using System.Data.Common;
using Bot.Data.Consultations;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>How consultations lie in the database.</summary>
internal static class ConsultationSql
{
    public const string Columns = "c.id, c.submitted_by, c.version, c.stopped_at, c.stopped_why, c.report, c.report_public_at, c.made_by, c.revision, c.returned_why";

    public const int ColumnCount = 10;

    public const string CitizenField = "consultation_comment.openid";

    public const string CommentColumns = "m.id, m.version, m.part, m.words, m.way, m.made_at, m.flagged, m.state, m.reason, coalesce((select display_name from staff where name = m.judged_by), m.judged_by), m.point, m.left_out";

    public static Consultation Read(DbDataReader r) => new(
        r.GetInt64(0), r.Text(1), r.GetInt32(2), r.Time(3), r.GetString(4), r.GetString(5), r.Time(6), r.GetString(7), r.GetInt32(8)) { ReturnedWhy = r.GetString(9) };

    public static CommentRow ReadComment(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), Enum.Parse<CommentWay>(r.GetString(4), true), r.Time(5)!.Value,
        r.GetFieldValue<string[]>(6), Enum.Parse<CommentState>(r.GetString(7), true), r.Text(8), r.Text(9), r.IsDBNull(10) ? null : r.GetInt64(10), r.GetBoolean(11));

    public static string Stored(Enum value) => value.ToString().ToLowerInvariant();

    public static byte[] Hash(FieldCipher cipher, OpenId citizen) => cipher.LookUp(CitizenField, citizen.Value);

    public static byte[] Seal(FieldCipher cipher, byte[] hash, OpenId citizen) => cipher.Seal(CitizenField, Convert.ToHexString(hash), citizen.Value);

    public static OpenId Open(FieldCipher cipher, byte[] hash, byte[] value) => new(cipher.Open(CitizenField, Convert.ToHexString(hash), value));
}
