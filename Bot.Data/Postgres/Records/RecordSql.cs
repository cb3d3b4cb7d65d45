using System.Data.Common;
using System.Globalization;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Reads rows as a citizen is shown them: the columns' names are the fields' names.</summary>
internal static class RecordSql
{
    private const int Seconds = 60;

    private static readonly TimeZoneInfo s_beijing = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    extension(NpgsqlDataSource db)
    {
        /// <param name="open">Opens a sealed column, by its name; columns of bytes are left out without it. Columns whose name begins with _ are for it only.</param>
        public async Task<RecordSection> SectionAsync(
            string title, string sql, object parameters, CancellationToken ct, Func<string, DbDataReader, byte[], string>? open = null) =>
            new(title, await db.ReadAsync(sql, parameters, row => Fields(row, open), ct, Seconds));

        public Task<int> EraseAsync(string sql, object parameters, CancellationToken ct) => db.RunAsync(sql, parameters, ct, Seconds);
    }

    private static IReadOnlyList<RecordField> Fields(DbDataReader row, Func<string, DbDataReader, byte[], string>? open)
    {
        List<RecordField> fields = [];
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (!row.IsDBNull(i) && !row.GetName(i).StartsWith('_') && Shown(row, i, open) is { Length: > 0 } shown)
                fields.Add(new(row.GetName(i), shown));
        }

        return fields;
    }

    private static string Shown(DbDataReader row, int column, Func<string, DbDataReader, byte[], string>? open) => row.GetValue(column) switch
    {
        DateTime at => TimeZoneInfo.ConvertTimeFromUtc(at, s_beijing).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
        bool yes => yes ? "是" : "否",
        byte[] bytes => open?.Invoke(row.GetName(column), row, bytes) ?? "",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
