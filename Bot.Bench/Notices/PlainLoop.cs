using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bot.Bench.Notices;

/// <summary>What anybody would write: so many loops that post one notice after the other and keep no books.</summary>
internal static class PlainLoop
{
    /// <returns>Notices a second.</returns>
    public static async Task<double> RunAsync(string platform, int recipients, int workers)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 128 };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(platform) };
        var next = 0;
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var row && row <= recipients)
            {
                var body = new
                {
                    touser = $"o-{row:D7}-abcdefghijklmnopqr", template_id = "TEMPLATE", client_msg_id = $"N00000000000000000000-{row}",
                    data = BenchTemplate.Data.ToDictionary(d => d.Key, d => new { value = d.Value }),
                };
                using var response = await http.PostAsJsonAsync("/cgi-bin/message/template/send?access_token=TOKEN", body);
                using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
                if (answer.RootElement.GetProperty("errcode").GetInt32() != 0)
                    throw new InvalidOperationException("the stub refused a notice");
            }
        })));
        return recipients / since.Elapsed.TotalSeconds;
    }
}
