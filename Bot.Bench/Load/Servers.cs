using System.Globalization;
using Bot.Data.Embedded;
using Bot.WeChat;
using StackExchange.Redis;

namespace Bot.Bench.Load;

/// <summary>The real servers behind both contestants: a Redis and a PostgreSQL of their own, on loopback, gone afterwards.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly string _folder;
    private Child? _redis;
    private EmbeddedPostgres? _postgres;
    private ConnectionMultiplexer? _toRedis;

    private Servers(string folder) => _folder = folder;

    /// <summary>For the message files; removed at the end.</summary>
    public string Folder => _folder;

    public string Redis { get; } = $"127.0.0.1:{LoopbackPort.Free().ToString(CultureInfo.InvariantCulture)}";

    public static async Task<Servers> StartAsync(CancellationToken ct)
    {
        // Short, so that a socket's path fits, and open to the account that PostgreSQL runs as when we are root.
        var servers = new Servers(Path.Combine(OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp", $"bot-load-{Guid.NewGuid():N}"));
        try
        {
            Directory.CreateDirectory(servers._folder);
            await servers.StartRedisAsync(ct);
            servers._postgres = await EmbeddedPostgres.StartAsync(Path.Combine(servers._folder, "postgres"), durable: false, ct: ct);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public string Postgres => _postgres!.ConnectionString;

    /// <summary>At first, and again after <see cref="StopRedisAsync"/>: empty, at the same address.</summary>
    public async Task StartRedisAsync(CancellationToken ct)
    {
        _redis = Child.Start("redis-server", ["--port", Redis.Split(':')[1], "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder]);
        await _redis.ReadyAsync(async _ => (_toRedis = await ConnectAsync(Redis)) is not null, ct);
    }

    /// <summary>It dies without a word.</summary>
    public async Task StopRedisAsync()
    {
        await _toRedis!.DisposeAsync();
        await _redis!.DisposeAsync();
    }

    /// <param name="name"><c>STOP</c> and <c>CONT</c> freeze and thaw it.</param>
    public async Task SignalRedisAsync(string name)
    {
        await using var kill = Child.Start("kill", [$"-{name}", $"{_redis!.Id}"]);
        await kill.ReadToEndAsync(CancellationToken.None);
    }

    public async Task<Contestant> StartLimitAsync(int users, CancellationToken ct)
    {
        var address = FreeAddress();
        var child = Child.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Bench.dll"), "limit", address, Redis, $"{users}"],
            // As the web SDK sets them for a server, and so for the bot; this program's own settings are for one thread.
            ("DOTNET_gcServer", "1"), ("DOTNET_gcConcurrent", "1"));
        return await Contestant.ReadyAsync("limit", child, _redis!, new Uri(address), "limit", ct);
    }

    public async Task<Contestant> StartBotAsync(WeChatMode mode, CancellationToken ct)
    {
        var address = FreeAddress();
        var child = Child.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Host.dll"), "serve"],
            ("ASPNETCORE_URLS", address), ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ConnectionStrings__Redis", Redis), ("ConnectionStrings__Postgres", _postgres!.ConnectionString),
            ("Bot__Demo", "true"), ("Bot__DataDirectory", Path.Combine(_folder, "bot")),
            ("WeChat__Mode", mode is WeChatMode.Safe ? "safe" : "plain"), ("WeChat__AppId", Account.AppId), ("WeChat__AppSecret", "load0bench0secret0load0bench0sec"),
            ("WeChat__Token", Account.Token), ("WeChat__EncodingAESKey", Account.EncodingAESKey),
            // Nobody is called in these rounds; and the simulator stays out of the process.
            ("WeChat__ApiBaseUrl", "http://127.0.0.1:9"));
        return await Contestant.ReadyAsync("bot", child, _redis!, new Uri(address), "wechat/callback", ct);
    }

    /// <summary>Both contestants begin a pair of rounds with an empty store.</summary>
    public Task EmptyRedisAsync() => _toRedis!.GetDatabase().ExecuteAsync("FLUSHALL", "SYNC");

    public async ValueTask DisposeAsync()
    {
        if (_toRedis is not null)
            await _toRedis.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static string FreeAddress() => $"http://127.0.0.1:{LoopbackPort.Free().ToString(CultureInfo.InvariantCulture)}";

    private static async Task<ConnectionMultiplexer?> ConnectAsync(string address)
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync($"{address},allowAdmin=true,connectRetry=0,connectTimeout=1000,syncTimeout=60000,asyncTimeout=60000");
        }
        catch (RedisException)
        {
            return null;
        }
    }
}
