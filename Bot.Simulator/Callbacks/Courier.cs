using System.Collections.Concurrent;
using System.Diagnostics;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>Carries pushes to the bot as the platform does: five seconds, cut, again, three deliveries in all.</summary>
internal sealed class Courier(SimulatorOptions options, Line line, ReplyReader replies, Forger forger, Faults faults)
{
    // How long an overtaken push waits for the one that is to overtake it.
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new(StringComparer.Ordinal);

    /// <summary>Delivers until the bot answers or the deliveries are used up. Never throws for what the bot does.</summary>
    public async Task<Delivery> DeliverAsync(Push push, CancellationToken ct = default)
    {
        await forger.AnnoyAsync(push, ct);
        if (faults.StrikesPush(FaultKind.OutOfOrder))
            await WaitToBeOvertakenAsync(push.OpenId, ct);
        var twin = faults.StrikesPush(FaultKind.Duplicate) ? DeliverOnceAsync(push, 1, " 重复", ct) : null;

        var delivery = await DeliverRepeatedlyAsync(push, ct);
        if (twin is not null)
            await twin;
        if (_held.TryRemove(push.OpenId, out var overtaken))
            overtaken.TrySetResult();
        return delivery;
    }

    private async Task<Delivery> DeliverRepeatedlyAsync(Push push, CancellationToken ct)
    {
        for (var number = 1; ; number++)
        {
            var started = Stopwatch.GetTimestamp();
            var delivery = await DeliverOnceAsync(push, number, number > 1 ? $" 第 {number} 次" : "", ct);
            if (!delivery.Repeat || number >= options.Deliveries)
                return delivery;
            if (Stopwatch.GetElapsedTime(started) < options.DeliveryTimeout)
                await Task.Delay(options.RetryPause, ct);
        }
    }

    private async Task<Delivery> DeliverOnceAsync(Push push, int number, string suffix, CancellationToken ct)
    {
        var answer = await line.SendAsync(push, null, ct);
        var verdict = answer.Fault is null ? replies.Read(push, answer.Body) : new ReplyVerdict.Faulty(answer.Fault, "");
        var (outcome, plain) = verdict switch
        {
            ReplyVerdict.Shown s => (Replied(s), s.Plain),
            ReplyVerdict.HandedOver h => ($"转人工 {h.Account}".TrimEnd(), h.Plain),
            ReplyVerdict.Faulty f => (f.Reason, f.Plain),
            _ => (answer.Body.Length == 0 ? "空回复" : "success", ""),
        };
        var entry = line.Note(push, push.Headline + suffix, outcome, verdict is not ReplyVerdict.Faulty, answer, plain);
        return new Delivery(verdict, number, entry.Id, Repeat: answer.Fault is not null);
    }

    private static string Replied(ReplyVerdict.Shown shown)
    {
        var words = (string?)(shown.Body["text"] ?? shown.Body["articles"]?[0]?["title"]) ?? "";
        return $"回复 {shown.Kind} {Push.Short(words.ReplaceLineEndings(" "))} {shown.Remark}".TrimEnd();
    }

    private async Task WaitToBeOvertakenAsync(string openId, CancellationToken ct)
    {
        var overtaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_held.TryAdd(openId, overtaken))
            return;
        await Task.WhenAny(overtaken.Task, Task.Delay(Overtaking, ct));
        _held.TryRemove(new(openId, overtaken));
    }
}

/// <param name="Number">How many deliveries it took.</param>
/// <param name="Journal">The journal entry of the last delivery.</param>
/// <param name="Repeat">Whether the platform tries again: no answer at all, as opposed to a bad one.</param>
internal sealed record Delivery(ReplyVerdict Verdict, int Number, long Journal, bool Repeat);
