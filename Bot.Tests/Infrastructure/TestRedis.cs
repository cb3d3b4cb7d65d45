using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Bot.Data.Embedded;
using StackExchange.Redis;

namespace Bot.Tests.Infrastructure;

/// <summary>A real redis-server of our own on a loopback port, which keeps nothing on disk and can be made to fail.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private const int Databases = 1024;

    private readonly int port;
    private Process server;
    private int lastDatabase = -1;

    private TestRedis(int port, Process server) => (this.port, this.server) = (port, server);

    /// <summary>The server's first logical database.</summary>
    public string ConnectionString => $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A server of one's own, to be disposed by who asked for it.</summary>
    public static async Task<TestRedis> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.Free();
            if (await LaunchAsync(port) is { } server)
                return new TestRedis(port, server);
            if (attempt == 5)                           // somebody was quicker each time, or it does not run at all
                throw new InvalidOperationException("redis-server ended at once, five times: run it by hand to see why.");
        }
    }

    /// <summary>An empty logical database of the run's shared server, for one fixture. Subscriptions are not kept apart.</summary>
    public static async Task<string> FreshDatabaseAsync()
    {
        var shared = await TestServers.RedisAsync();
        var number = Interlocked.Increment(ref shared.lastDatabase);
        return number < Databases
            ? $"{shared.ConnectionString},defaultDatabase={number.ToString(CultureInfo.InvariantCulture)}"
            : throw new InvalidOperationException($"More than {Databases} fixtures asked for a Redis database in one run.");
    }

    /// <summary>It accepts connections and answers nothing, until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>It dies without a word; what it knew is lost.</summary>
    public void Kill()
    {
        server.Kill();
        server.WaitForExit();
    }

    /// <summary>Comes back empty on the same port, after <see cref="Kill"/> or without it.</summary>
    public async Task RestartEmptyAsync()
    {
        if (!server.HasExited)
            Kill();
        server.Dispose();
        server = await LaunchAsync(port) ?? throw new InvalidOperationException($"redis-server did not come back on port {port}.");
    }

    public ValueTask DisposeAsync()
    {
        if (!server.HasExited)
            Kill();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>Null when it ended at once.</returns>
    private static async Task<Process?> LaunchAsync(int port)
    {
        Process server;
        try
        {
            server = Process.Start(new ProcessStartInfo(
                "redis-server",
                ["--port", $"{port}", "--bind", "127.0.0.1", "--databases", $"{Databases}", "--save", "", "--appendonly", "no", "--loglevel", "warning"])
            {
                WorkingDirectory = TestServers.Folder,
                RedirectStandardOutput = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("redis-server was not found: install Redis (Debian: apt install redis-server).", e);
        }

        TestServers.Reaper.Watch(server.Id);
        _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var since = Stopwatch.StartNew();
        while (!server.HasExited)
        {
            if (await AnswersAsync(port))
                return server;
            if (since.Elapsed > TimeSpan.FromSeconds(20))
            {
                server.Kill();
                throw new TimeoutException("redis-server did not answer within 20 s.");
            }

            await Task.Delay(20);
        }

        server.Dispose();
        return null;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},connectRetry=0,connectTimeout=1000");
            await redis.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{server.Id}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"redis-server {server.Id} could not be sent {name}.");
    }
}
