using System.Collections.Concurrent;
using System.Net;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.WeChat.Api;

/// <summary>A platform that says what the test scripted, on a port of its own, and keeps what it was asked.</summary>
internal sealed class ScriptedPlatform : IAsyncDisposable
{
    public const string Token = "/cgi-bin/stable_token";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Script> _scripts = new();

    private ScriptedPlatform(WebApplication app) => _app = app;

    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>With a path, as the simulator has one.</summary>
    public string Address => _app.Urls.Single() + "/simulator/api";

    public static async Task<ScriptedPlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new ScriptedPlatform(app);
        app.UsePathBase("/simulator/api");
        app.Run(platform.AnswerAsync);
        await app.StartAsync();
        platform.Reset();
        return platform;
    }

    public void Reset()
    {
        Requests.Clear();
        _scripts.Clear();
        Says(Token, """{"access_token":"TOKEN-1","expires_in":7200}""");
    }

    /// <summary>Answers in turn; the last one is given again and again.</summary>
    public void Says(string path, params string[] bodies) =>
        Does(path, [.. bodies.Select(body => (RequestDelegate)(http => http.Response.WriteAsync(body)))]);

    public void Does(string path, params RequestDelegate[] acts) => _scripts[path] = new Script(acts);

    public IEnumerable<Asked> AskedFor(string path) => Requests.Where(r => r.Path == path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var path = http.Request.Path.Value!;
        Requests.Enqueue(new(http.Request.Method, path, http.Request.PathBase.Value!, http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            http.Request.ContentType, http.Request.ContentLength, body.ToArray()));
        if (_scripts.TryGetValue(path, out var script))
            await script.Next()(http);
        else
            http.Response.StatusCode = (int)HttpStatusCode.NotFound;
    }

    private sealed class Script(RequestDelegate[] acts)
    {
        private int _next = -1;

        public RequestDelegate Next() => acts[Math.Min(Interlocked.Increment(ref _next), acts.Length - 1)];
    }
}

internal sealed record Asked(
    string Method, string Path, string PathBase, Dictionary<string, string> Query, string? ContentType, long? ContentLength, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
