using System.Collections.Concurrent;

namespace Bot.Handlers.Publishing;

/// <summary>Looks whether links to other hosts still lead somewhere: many hosts at once, each of them one address after the other.</summary>
public sealed class OutsideLinks(ILinkProbe probe, TimeProvider clock)
{
    private const int HostsAtOnce = 16;

    // Of a night. What was not asked by then is not told of.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    /// <returns>What is wrong with those that lead nowhere, in words for staff.</returns>
    public async Task<IReadOnlyDictionary<Uri, string>> FaultsAsync(IReadOnlyCollection<Uri> addresses, CancellationToken ct)
    {
        ConcurrentDictionary<Uri, LinkAnswer> answers = [];
        using var patience = new CancellationTokenSource(s_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await Parallel.ForEachAsync(
                addresses.Distinct().GroupBy(a => a.Authority), new ParallelOptions { MaxDegreeOfParallelism = HostsAtOnce, CancellationToken = either.Token },
                async (host, stop) =>
                {
                    foreach (var address in host)
                    {
                        // Who does not answer once is not asked again in this night.
                        if ((answers[address] = await probe.AskAsync(address, stop)) is LinkAnswer.Silent or LinkAnswer.NoSuchHost)
                            break;
                    }
                });
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // As far as we got.
        }

        // That no name can be found at all is our own trouble.
        var names = answers.Values.Any(a => a is LinkAnswer.There or LinkAnswer.Missing);
        var lost = answers.Where(a => a.Value is LinkAnswer.NoSuchHost).Select(a => a.Key.Authority).ToHashSet();
        Dictionary<Uri, string> faults = [];
        foreach (var address in addresses)
        {
            if (answers.TryGetValue(address, out var answer) && answer is LinkAnswer.Missing)
                faults[address] = "对方网站已没有这个页面";
            else if (answer is LinkAnswer.Inside)
                faults[address] = "这是内部网络的地址，公众打不开";
            else if (names && lost.Contains(address.Authority))
                faults[address] = "找不到这个网站";
        }

        return faults;
    }
}
