using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Host.Verbs;

/// <summary><c>erase --openid X</c>: everything that is kept about one citizen, everywhere, at once.</summary>
internal static class Erase
{
    public const string Usage = "erase --openid OPENID";

    private const int LongestOpenId = 128;

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var read = VerbArguments.Read(args, "--openid");
        return read["--openid"] is { Length: > 0 and <= LongestOpenId } openId
            ? WithServices.RunAsync(read.Settings, async services =>
            {
                var requests = services.GetRequiredService<IPrivacyRequests>();
                var number = await requests.AskEraseAsync(new OpenId(openId), "system:erase", null, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
                try
                {
                    // Null: a running host was quicker, and has done it.
                    var rows = await requests.EraseAsync(number, ct);
                    Console.WriteLine(rows is { } count ? $"Request {number}: everything is erased, {count} rows in all." : $"Request {number}: erased by a running host.");
                }
                catch (ErasureWaitsException e)
                {
                    Console.WriteLine($"Request {number}: everything that is kept here is erased. {e.Message}: a running host asks again every hour.");
                }

                return 0;
            }, ct)
            : Task.FromResult(Verbs.Usage.Print($"usage: {Usage}"));
    }
}
