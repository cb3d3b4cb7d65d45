using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bot.Data.Embedded;

namespace Bot.Tests.Infrastructure;

/// <summary>A real redis-server of our own on a loopback port, which keeps nothing on disk and can be made to fail.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private const int Databases = 1024;

    private readonly int port;
    private readonly string[] words;
    private Process server;
    private int lastDatabase = -1;

    private TestRedis(int port, string[] words, Process server) => (this.port, this.words, this.server) = (port, words, server);

    /// <summary>The server's first logical database.</summary>
    public string ConnectionString => $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public int Port => port;

    /// <summary>A server of one's own, to be disposed by who asked for it.</summary>
    /// <param name="words">Further words for redis-server.</param>
    public static async Task<TestRedis> StartAsync(params string[] words)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.Free();
            if (await LaunchAsync(port, words) is { } server)
                return new TestRedis(port, words, server);
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
        server = await LaunchAsync(port, words) ?? throw new InvalidOperationException($"redis-server did not come back on port {port}.");
    }

    public ValueTask DisposeAsync()
    {
        if (!server.HasExited)
            Kill();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>Null when it ended at once.</returns>
    private static async Task<Process?> LaunchAsync(int port, string[] words)
    {
        Process server;
        try
        {
            server = Process.Start(new ProcessStartInfo(
                "redis-server",
                [.. words, "--port", $"{port}", "--bind", "127.0.0.1", "--databases", $"{Databases}", "--save", "", "--appendonly", "no", "--loglevel", "warning"])
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
        // In plain words: a sentinel knows no more of the protocol than this.
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadLineAsync() == "+PONG";
        }
        catch (Exception e) when (e is SocketException or IOException)
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
