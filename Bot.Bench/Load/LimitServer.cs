using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Bot.Bench.Load;

/// <summary>
/// What no inbox can beat on this machine: reads the body, runs two short scripts in Redis one after the other, and answers a fixed text. The least
/// that de-duplication, a lease and compare-and-set take, without a signature, a parse or a thought.
/// </summary>
internal static class LimitServer
{
    // Looks whether the message was answered; takes the turn; reads the session.
    private const string Begin =
        """
        local answered = redis.call('GET', KEYS[2])
        if answered then return {answered} end
        redis.call('SET', KEYS[2], 'run', 'PX', 4000)
        return redis.call('HMGET', KEYS[1], 'turn', 'state')
        """;

    // Keeps the session and the reply.
    private const string Commit =
        """
        redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'state', ARGV[2])
        redis.call('PEXPIRE', KEYS[1], 60000)
        redis.call('SET', KEYS[2], ARGV[2], 'PX', 60000)
        return 1
        """;

    private static readonly byte[] s_reply = Encoding.UTF8.GetBytes(
        $"<xml><ToUserName><![CDATA[{Account.OpenId(0)}]]></ToUserName><FromUserName><![CDATA[{Account.Name}]]></FromUserName>"
        + "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好！这是一句固定的答复，不需要思考。]]></Content></xml>");

    /// <param name="args">The address to listen on, Redis, and how many sessions to spread over.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var address, var redis, var users])
            return 64; // EX_USAGE
        var sessions = int.Parse(users, System.Globalization.CultureInfo.InvariantCulture);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var db = (await ConnectionMultiplexer.ConnectAsync(redis)).GetDatabase();
        await using var app = builder.Build();
        var count = 0L;
        app.MapPost("/limit", async (HttpContext context) =>
        {
            var length = await ReadAsync(context.Request);
            var number = Interlocked.Increment(ref count);
            var citizen = $"limit:{{{number % sessions}}}";
            RedisKey[] keys = [citizen, $"{citizen}:{number}"];
            await db.ScriptEvaluateAsync(Begin, keys);
            await db.ScriptEvaluateAsync(Commit, keys, [length, "answered in a few words"]);
            context.Response.ContentType = "text/xml;charset=utf-8";
            context.Response.ContentLength = s_reply.Length;
            await context.Response.Body.WriteAsync(s_reply);
        });
        app.MapGet("/health/ready", () => "ready");
        await app.RunAsync();
        return 0;
    }

    private static async ValueTask<long> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var length = read.Buffer.Length;
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return length;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
