using System.Diagnostics;
using System.Net;
using Bot.Data.Embedded;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>The Host as a program, to be killed with -9.</summary>
internal sealed class ProcessHost : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private ProcessHost(Process process, HttpClient client) => (_process, _client) = (process, client);

    /// <param name="platform">The API's address; by default one where nobody is.</param>
    public static async Task<ProcessHost> StartAsync(TestDatabase database, string redis, string platform = "http://127.0.0.1:9")
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Host.dll")]) { RedirectStandardOutput = true };
        foreach (var (key, value) in (IEnumerable<(string, string)>)
        [
            ("ASPNETCORE_URLS", address), ("ConnectionStrings__Postgres", database.ConnectionString), ("ConnectionStrings__Redis", redis),
            ("WeChat__AppId", Fixture.AppId), ("WeChat__AppSecret", Callback.AppSecret), ("WeChat__Token", Fixture.Token),
            ("WeChat__EncodingAESKey", Fixture.Key), ("WeChat__Mode", "plain"), ("WeChat__ApiBaseUrl", platform), ("Bot__Demo", "false"),
            ("Bot__PublicBaseUrl", "https://bot.example.gov.cn"),
        ])
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        TestServers.Reaper.Watch(process.Id);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var host = new ProcessHost(process, new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(address) });
        await Eventually.IsTrueAsync(host.IsReadyAsync, "the process is ready");
        return host;
    }

    public async Task<string> SayAsync(string message)
    {
        using var answer = await _client.PostAsync("/wechat/callback" + Callback.Clear(), new StringContent(message));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
