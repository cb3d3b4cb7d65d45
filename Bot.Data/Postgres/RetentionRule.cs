using Bot.Data.Privacy;

namespace Bot.Data.Postgres;

/// <summary>What becomes of a table's rows that have been kept long enough.</summary>
/// <param name="Days">How long they are kept.</param>
/// <param name="Sql">A piece of at most @RowsAtOnce rows: of before the instant @before, or the day @day in Beijing.</param>
internal sealed record RetentionRule(string Table, Func<RetentionPeriods, int> Days, string Sql)
{
    private const int RowsAtOnce = 1_000;

    /// <summary>How many rows a piece has: so few that nobody waits for its locks.</summary>
    public int AtOnce { get; private init; } = RowsAtOnce;

    /// <summary>Rows that other rows or files hang on.</summary>
    public RetentionRule Heavy => this with { AtOnce = RowsAtOnce / 20 };

    /// <param name="which">SQL over the table, as <c>t</c>.</param>
    public static RetentionRule Delete(string table, Func<RetentionPeriods, int> days, string which) =>
        new(table, days, $"delete from {table} where {Piece(table, which)}");

    /// <param name="set">Leaves nothing for which <paramref name="which"/> is true.</param>
    public static RetentionRule Empty(string table, Func<RetentionPeriods, int> days, string set, string which) =>
        new(table, days, $"update {table} set {set} where {Piece(table, which)}");

    /// <summary>A table about followers: kept while they follow.</summary>
    /// <param name="since">The column that tells when a row was written.</param>
    public static RetentionRule OfFollowers(string table, string since) => Delete(
        table, p => p.FormerFollowerDays, $"t.{since} < @before and not exists (select from follower f where f.openid = t.openid)");

    // By place: a row that changes meanwhile is left for the next night.
    private static string Piece(string table, string which) => $"ctid = any(array(select t.ctid from {table} t where {which} limit @AtOnce))";
}
