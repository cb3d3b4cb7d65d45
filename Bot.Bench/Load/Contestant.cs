using System.Globalization;

namespace Bot.Bench.Load;

/// <summary>One of the two servers that are compared.</summary>
internal sealed class Contestant(string name, Child process, Child redis, Uri callback) : IAsyncDisposable
{
    private static readonly HttpClient s_http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public string Name => name;

    public Uri Callback => callback;

    public static async Task<Contestant> ReadyAsync(string name, Child process, Child redis, Uri address, string path, CancellationToken ct)
    {
        try
        {
            await process.ReadyAsync(stop => AnswersAsync(new Uri(address, "health/ready"), stop), ct);
            return new(name, process, redis, new Uri(address, path));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<Round> RunAsync(MessageFile messages, int connections, int seconds, CancellationToken ct)
    {
        using var allocations = Allocations.Watch(process.Id);
        var (before, beforeRedis) = (process.Cpu, redis.Cpu);
        var shot = await Wrk.RunAsync(callback, messages, connections, seconds, ct);
        return new(shot, (process.Cpu - before) / shot.Requests, (redis.Cpu - beforeRedis) / shot.Requests, await allocations.TotalAsync(ct) / shot.Requests);
    }

    /// <summary>How many callbacks each outcome had since the start, as the bot itself counts them.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OutcomesAsync(CancellationToken ct)
    {
        var metrics = await s_http.GetStringAsync(new Uri(callback, "/metrics"), ct);
        return metrics.Split('\n').Where(line => line.StartsWith("bot_callbacks_total{", StringComparison.Ordinal))
            .GroupBy(line => line.Split("outcome=\"")[1].Split('"')[0], line => (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
            .ToDictionary(g => g.Key, g => g.Sum());
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<bool> AnswersAsync(Uri url, CancellationToken ct)
    {
        try
        {
            using var response = await s_http.GetAsync(url, ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <param name="Cpu">Of the server's process, for one request.</param>
/// <param name="RedisCpu">Of redis-server, for one request.</param>
/// <param name="Bytes">Allocated for one request.</param>
internal sealed record Round(Shot Shot, TimeSpan Cpu, TimeSpan RedisCpu, double Bytes);
