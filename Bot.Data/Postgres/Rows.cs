using System.Data;
using Dapper;

namespace Bot.Data.Postgres;

/// <summary>Teaches Dapper our column names, dates and lists; once a process.</summary>
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
        SqlMapper.AddTypeHandler(new Numbers());
        SqlMapper.AddTypeHandler(new Instants());
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

    private sealed class Numbers : SqlMapper.TypeHandler<IReadOnlyList<long>>
    {
        public override IReadOnlyList<long> Parse(object value) => (long[])value;

        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<long>? value) => parameter.Value = value?.ToArray();
    }

    // Npgsql gives timestamptz as UTC.
    private sealed class Instants : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) =>
            value is DateTimeOffset instant ? instant : new(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.UtcDateTime;
    }
}
