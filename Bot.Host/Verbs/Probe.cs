namespace Bot.Host.Verbs;

/// <summary><c>probe</c>: whether the Host on this machine is ready, for containers that have nothing else to ask with. Exit code 0 or 1.</summary>
internal static class Probe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var address = Composition.NewBuilder(args).WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)!.Split(';')[0]
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal);
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = s_patience };
            using var answer = await client.GetAsync(new Uri($"{address}/health/ready"), ct);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
