using Bot.Data.Numbers;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Public numbers of bookings, drawn some at a time: one counter for all would make every confirmation wait for the one before it.</summary>
/// <remarks>A host that stops leaves the rest of its numbers unused.</remarks>
internal sealed class BookingNumbers(NpgsqlDataSource db) : IDisposable
{
    private const string Prefix = "YY";
    private const int AtOnce = 50;

    private readonly SemaphoreSlim _gate = new(1);
    private DateOnly _day;
    private int _next;
    private int _end;

    public async ValueTask<PublicNumber> NextAsync(DateOnly day, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_day != day || _next == _end)
            {
                await using var connection = await db.OpenConnectionAsync(ct);
                // Everybody waits here, but not for the disk: whoever has such a number commits later, and takes this to the disk too.
                var last = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                    """
                    with quickly as materialized (select set_config('synchronous_commit', 'off', true) as set)
                    insert into public_number (prefix, day, last) select @Prefix, @day, @AtOnce from quickly
                    on conflict (prefix, day) do update set last = public_number.last + @AtOnce
                    returning last
                    """, new { Prefix, day, AtOnce }, cancellationToken: ct));
                (_day, _next, _end) = (day, last - AtOnce + 1, last + 1);
            }

            return PublicNumber.Make(Prefix, day, _next++);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
