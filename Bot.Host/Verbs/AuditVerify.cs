using Bot.Data.Audit;
using Bot.Host.Operation;

namespace Bot.Host.Verbs;

/// <summary><c>audit verify [--anchors DIRECTORY [--first]]</c>: seals what waits, computes the whole chain again, and holds it against the anchors of earlier days. Ends with 1 when it does not fit.</summary>
internal static class AuditVerify
{
    public const string Usage = "audit verify [--anchors DIRECTORY [--first]]";

    private const string First = "--first";
    private const int Broken = 1;

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not ["verify", .. var rest])
            return Task.FromResult(Verbs.Usage.Print($"usage: {Usage}"));
        var read = VerbArguments.Read([.. rest.Where(arg => arg != First)], "--anchors");
        return WithServices.RunAsync(read.Settings, services => VerifyAsync(services, read["--anchors"], rest.Contains(First), Console.WriteLine, ct), ct);
    }

    internal static async Task<int> VerifyAsync(IServiceProvider services, string? folder, bool first, Action<string> tell, CancellationToken ct)
    {
        var trail = services.GetRequiredService<IAuditTrail>();
        while (await trail.SealAsync(ct) > 0)
        {
        }

        var verdict = await trail.VerifyAsync(ct);
        if (verdict.BrokenAt is { } broken)
        {
            tell($"✗ Entry {broken} does not fit the chain; the {verdict.Sealed} before it do.");
            return Broken;
        }

        if (verdict.Outside > 0)
        {
            tell($"✗ {verdict.Outside} entries are outside the chain and pass for sealed: they were not written by the bot.");
            return Broken;
        }

        var compared = "";
        if (folder is not null)
        {
            var anchors = ActivatorUtilities.CreateInstance<AuditAnchors>(services);
            var (count, fault) = await anchors.CompareAsync(folder, first, ct);
            if (fault is not null)
            {
                tell($"✗ {fault}.");
                return Broken;
            }

            await anchors.NoteAsync(folder, verdict.Sealed, verdict.Hash, ct);
            compared = count == 0 ? " There was no anchor to compare: this is the first." : $" Anchors compared: {count}.";
        }

        tell($"✓ {verdict.Sealed} entries, all in the chain; it ends with {(verdict.Hash.Length > 0 ? verdict.Hash : "nothing")}.{compared}");
        return 0;
    }
}
