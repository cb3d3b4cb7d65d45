using System.Data.Common;
using Bot.Data.Staff;

namespace Bot.Data.Postgres;

/// <summary>How people's rows are read.</summary>
internal static class StaffSql
{
    /// <summary>The first five columns of a query that reads a person.</summary>
    public const string Member = "s.id, s.name, s.display_name, s.roles, s.department";

    public static StaffMember ReadMember(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), [.. row.GetFieldValue<string[]>(3).Select(StaffRoles.Read).OfType<StaffRole>()],
        row.Text(4));

    public static string[] Stored(this IReadOnlyList<StaffRole> roles) => [.. roles.Distinct().Select(role => role.Stored)];
}
