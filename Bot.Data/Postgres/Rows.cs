using System.Data;
using Dapper;

namespace Bot.Data.Postgres;

/// <summary>Teaches Dapper our column names and dates; once a process.</summary>
internal static class Rows
{
    private static int s_done;

    public static void Configure()
    {
        if (Interlocked.Exchange(ref s_done, 1) == 1)
            return;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Dates());
        SqlMapper.AddTypeHandler(new Lists());
    }

    private sealed class Dates : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value is DateOnly date ? date : DateOnly.FromDateTime((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value;
        }
    }

    private sealed class Lists : SqlMapper.TypeHandler<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string> Parse(object value) => (string[])value;

        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<string>? value) => parameter.Value = value?.ToArray();
    }
}
