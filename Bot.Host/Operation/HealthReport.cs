using System.Diagnostics;
using System.Reflection;
using Bot.Data;
using Bot.Data.Jobs;
using Bot.WeChat.Api;

namespace Bot.Host.Operation;

/// <summary>What <c>/health</c> says, made anew at each request within two seconds.</summary>
internal sealed class HealthReport(
    Readiness readiness, Migrator migrator, DatabaseProbe database, IJobs jobs, IAccessTokens tokens, IServiceProvider services)
{
    private const double MostOverdue = 300; // seconds

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2.5);

    // 0.1.0+a1b2c3: the version and the commit that it was built from.
    private static readonly string[] s_version =
        (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+');

    public async Task<Health> MakeAsync(CancellationToken ct)
    {
        string? migration = null;
        var checks = await Task.WhenAll(
            CheckAsync("postgres", async () =>
            {
                await database.AskAsync(ct);
                migration = await migrator.NewestAsync(ct);
                return "answers";
            }),
            CheckAsync("redis", async () =>
            {
                if (services.GetService<RedisProbe>() is not { } redis)
                    return "not used: sessions are in this process (demo)";
                await redis.AskAsync();
                return "answers";
            }),
            CheckAsync("wechat", async () =>
            {
                var token = await tokens.GetAsync(ct);
                return token.Ok ? "access token held" : throw new InvalidOperationException($"no access token: {token.Error.Code}");
            }),
            CheckAsync("jobs", async () =>
            {
                var count = await jobs.CountAsync(null, ct);
                return count is { Due: > 0, OldestSeconds: > MostOverdue }
                    ? throw new InvalidOperationException($"{count.Due} due, the oldest for {count.OldestSeconds:0} s")
                    : $"{count.Due} due, {count.Parked} parked";
            }),
            CheckAsync("content", () => readiness.IsReady ? Task.FromResult("ready") : throw new InvalidOperationException(readiness.State)));
        // Without the platform's API, or with jobs behind, callbacks are still answered: worth a look, not an alarm.
        return new(
            checks.All(c => c.Status == "healthy" || c.Name is "wechat" or "jobs") ? "healthy" : "unhealthy",
            s_version[0], s_version.ElementAtOrDefault(1) ?? "unknown", migration, checks);
    }

    private static async Task<HealthCheck> CheckAsync(string name, Func<Task<string>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var detail = await ask().WaitAsync(s_patience);
            return new(name, "healthy", Elapsed(), detail);
        }
        catch (Exception e)
        {
            // The kind of failure, not its message: that may hold an address or a user name.
            return new(name, "unhealthy", Elapsed(), e is InvalidOperationException ? e.Message : e.GetType().Name);
        }

        double Elapsed() => Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 2);
    }
}

internal sealed record Health(string Status, string Version, string Commit, string? Migration, IReadOnlyList<HealthCheck> Checks);

internal sealed record HealthCheck(string Name, string Status, double LatencyMs, string Detail);
