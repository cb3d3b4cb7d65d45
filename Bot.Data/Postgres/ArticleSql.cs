using System.Data.Common;
using Bot.Data.Articles;

namespace Bot.Data.Postgres;

/// <summary>Columns of articles and how they are read.</summary>
internal static class ArticleSql
{
    /// <summary>Of a version.</summary>
    public const string Content =
        "v.column_code, v.title, v.digest, v.body, v.words, v.source, v.author, v.cover, v.attachments, v.policies, v.made_on, v.lapses_on, v.correction";

    public const int ContentColumns = 13;

    public static ArticleContent ReadContent(DbDataReader row, int from) => new()
    {
        Column = row.GetString(from),
        Title = row.GetString(from + 1),
        Digest = row.GetString(from + 2),
        Body = row.GetString(from + 3),
        Words = row.GetString(from + 4),
        Source = row.GetString(from + 5),
        Author = row.GetString(from + 6),
        Cover = row.Text(from + 7),
        Attachments = row.GetFieldValue<string[]>(from + 8),
        Policies = row.GetFieldValue<string[]>(from + 9),
        MadeOn = Date(row, from + 10),
        LapsesOn = Date(row, from + 11),
        Correction = row.GetString(from + 12),
    };

    public static DateOnly? Date(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    public static Withdrawal? ReadWithdrawal(DbDataReader row, int at, int reason) =>
        row.IsDBNull(at) ? null : new(row.Time(at)!.Value, row.GetString(reason));

    public static string Spell(ArticleState state) => state.ToString().ToLowerInvariant();

    public static ArticleState ReadState(string state) => Enum.Parse<ArticleState>(state, ignoreCase: true);

    public static string Spell(ArticleAct act) => act.ToString().ToLowerInvariant();
}
