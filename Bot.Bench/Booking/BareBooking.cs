using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Data.Embedded;
using Bot.Data.Postgres;
using Npgsql;

namespace Bot.Bench.Booking;

/// <summary>The least that a booking could be: one conditional update and one insert in one transaction; by pgbench, or by Npgsql where there is none.</summary>
internal sealed partial class BareBooking
{

    private readonly NpgsqlDataSource _db;
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string? _pgbench;
    private readonly string _script;
    private readonly int _slots;

    private BareBooking(NpgsqlDataSource db, NpgsqlConnectionStringBuilder server, string? pgbench, string script, int slots) =>
        (_db, _server, _pgbench, _script, _slots) = (db, server, pgbench, script, slots);

    public string Name => _pgbench ?? "Npgsql";

    public static async Task<BareBooking> PrepareAsync(NpgsqlDataSource db, string connectionString, int slots)
    {
        await db.RunAsync(
            """
            create table bare_slot (id integer primary key, capacity integer not null, taken integer not null default 0, check (taken between 0 and capacity)) with (fillfactor = 70);
            create table bare_booking (run_id uuid primary key, openid text not null, slot integer not null references bare_slot, sealed bytea not null, made_at timestamptz not null default now());
            insert into bare_slot (id, capacity) select n, 1000000000 from generate_series(1, @slots) n
            """, new { slots }, default);
        var script = Path.GetTempFileName();
        var slot = ":slot";
        await File.WriteAllTextAsync(script, $"\\set slot random(1, {slots.ToString(CultureInfo.InvariantCulture)})\nbegin;\n{Update(slot)};\n{Insert(slot)};\ncommit;\n");
        var pgbench = Path.Combine((await PostgresBinaries.FindAsync()).Folder, "pgbench");
        return new(db, new(connectionString), File.Exists(pgbench) ? pgbench : null, script, slots);
    }

    /// <returns>Transactions a second.</returns>
    public Task<double> RunAsync(int clients, int seconds) => _pgbench is null ? LoopAsync(clients, seconds) : PgbenchAsync(_pgbench, clients, seconds);

    private async Task<double> PgbenchAsync(string pgbench, int clients, int seconds)
    {
        var number = (int n) => n.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(pgbench,
            ["-n", "-M", "prepared", "-c", number(clients), "-j", "2", "-T", number(seconds), "-f", _script, "-h", _server.Host!, "-p", number(_server.Port), "-U", _server.Username!, _server.Database!])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = _server.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Tps().Match(output) is { Success: true } tps
            ? double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"pgbench said: {await errors}");
    }

    private async Task<double> LoopAsync(int clients, int seconds)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            await using var connection = await _db.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands = { new(Update("$1")) { Parameters = { new NpgsqlParameter<int>() } }, new(Insert("$1")) { Parameters = { new NpgsqlParameter<int>() } } },
            };
            await batch.PrepareAsync();
            var count = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; count++)
            {
                var slot = Random.Shared.Next(1, _slots + 1);
                foreach (var command in batch.BatchCommands)
                    ((NpgsqlParameter<int>)command.Parameters[0]).TypedValue = slot;
                await batch.ExecuteNonQueryAsync();
            }

            return count;
        })));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static string Update(string slot) => $"update bare_slot set taken = taken + 1 where id = {slot} and taken < capacity";

    private static string Insert(string slot) =>
        $"insert into bare_booking (run_id, openid, slot, sealed) values (gen_random_uuid(), 'oCitizen', {slot}, decode(repeat('ab', 180), 'hex'))";

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
