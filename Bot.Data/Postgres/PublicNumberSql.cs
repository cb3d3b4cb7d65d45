using Bot.Data.Numbers;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal static class PublicNumberSql
{
    /// <summary>The next number of its kind on that day. Numbers of transactions that roll back are not missed: the next one takes them.</summary>
    public static async Task<PublicNumber> NextAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string prefix, DateOnly day, CancellationToken ct)
    {
        var serial = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into public_number (prefix, day, last) values (@prefix, @day, 1)
            on conflict (prefix, day) do update set last = public_number.last + 1
            returning last
            """, new { prefix, day }, transaction, cancellationToken: ct));
        return PublicNumber.Make(prefix, day, serial);
    }
}
