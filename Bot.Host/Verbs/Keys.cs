using Bot.Data.Privacy;

namespace Bot.Host.Verbs;

/// <summary><c>keys rotate</c>: a new key for personal fields, and pictures under the cipher of the settings, while hosts go on working. Cut short, it goes on when it is run again.</summary>
internal static class Keys
{
    public const string Usage = "keys rotate";

    // Twice what a host keeps the keys without looking again.
    private static readonly TimeSpan s_learn = TimeSpan.FromSeconds(60);

    public static Task<int> RunAsync(string[] args, CancellationToken ct) => args is ["rotate", .. var settings]
        ? WithServices.RunAsync(settings, async services =>
        {
            var done = await services.GetRequiredService<IKeyRotation>().RotateAsync(s_learn, "system:keys-rotate", Console.WriteLine, ct);
            Console.WriteLine($"Key {done.Key} holds everything: {done.Fields} fields and {done.Pictures} pictures sealed anew, {done.Rewrapped} keys moved to the first of Privacy:Keys, {done.Retired} retired.");
            return 0;
        }, ct)
        : Task.FromResult(Verbs.Usage.Print($"usage: {Usage}"));
}
