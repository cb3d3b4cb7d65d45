using Bot.Data.Cases;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Cases that may be the same: of one category, within 250 m and 30 days, and alike in words.</summary>
internal static class SimilarCases
{
    private const double Metres = 250;
    private const double DegreesOfLatitude = Metres / 111_000;
    private const double Alike = 0.35;
    private const int Compared = 300;
    private const int Found = 3;
    private static readonly TimeSpan s_age = TimeSpan.FromDays(30);

    /// <param name="notOf">The hash of a citizen whose own cases do not count.</param>
    /// <param name="notId">A case that does not count.</param>
    public static async Task<IReadOnlyList<SimilarCase>> FindAsync(
        NpgsqlConnection connection, string category, string story, double latitude, double longitude, DateTimeOffset now, byte[]? notOf, long? notId,
        CancellationToken ct)
    {
        var width = DegreesOfLatitude / Math.Max(0.01, Math.Cos(double.DegreesToRadians(latitude)));
        var near = await connection.ReadAsync(
            null,
            """
            select id, number, story, address, state, filed_at, latitude, longitude from case_file c
            where category = @category and kind <> 'report' and filed_at > @since and state in ('filed', 'accepted', 'dispatched', 'handling')
                and latitude between @latitude - @height and @latitude + @height and longitude between @longitude - @width and @longitude + @width
                and id is distinct from @notId
                and (@notOf::bytea is null or not exists (select 1 from case_citizen z where z.case_id = c.id and z.openid_hash = @notOf))
            order by filed_at desc limit @most
            """,
            new { category, since = (now - s_age).UtcDateTime, latitude, longitude, height = DegreesOfLatitude, width, notId, notOf, most = Compared },
            row => new SimilarCase(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Enum.Parse<CaseState>(row.GetString(4), ignoreCase: true),
                row.Time(5)!.Value, Likeness.Metres(latitude, longitude, row.GetDouble(6), row.GetDouble(7)), Likeness.Of(story, row.GetString(2))), ct);
        return [.. near.Where(c => c.Metres <= Metres && c.Likeness >= Alike).OrderByDescending(c => c.Likeness).ThenBy(c => c.Id).Take(Found)];
    }
}
