using System.Collections.Concurrent;
using Bot.Data.Sessions;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

[TestFixture(typeof(RedisStore))]
[TestFixture(typeof(LocalStore))]
public sealed class ManyAtOnceTests<TStore> : SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    private const int Citizens = 16;
    private const int Messages = 50;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    [Test]
    public async Task Works_on_one_message_of_a_citizen_at_a_time_and_on_every_message_once()
    {
        var desks = Enumerable.Range(0, Citizens).Select(_ => new Desk(NewCitizen())).ToArray();
        await Task.WhenAll(
            from n in Enumerable.Range(0, Messages)
            from desk in desks
            // Every message comes twice, to both hosts at once.
            from host in new[] { One, Other }
            select Task.Run(() => DeliverAsync(host, desk, $"m{n}")));

        foreach (var desk in desks)
        {
            Assert.That(desk.Worked, Is.EquivalentTo(Enumerable.Range(0, Messages).Select(n => $"m{n}")));
            var look = await One.BeginAsync(desk.Citizen, "look", "look");
            Assert.That((look.Status, Text(look.Payload)), Is.EqualTo((TurnStatus.Started, string.Join(' ', desk.Worked))), "each saw what the one before it kept");
        }
    }

    [Test]
    public async Task Works_in_the_order_of_arrival_on_whichever_host()
    {
        var desk = new Desk(Citizen);
        await One.BeginAsync(Citizen, "first", "first");
        List<Task> deliveries = [];
        for (var n = 0; n < Messages; n++)
        {
            var (host, lease) = (n % 3 == 0 ? One : Other, $"lease {n}");
            Assert.That((await host.BeginAsync(Citizen, $"m{n}", lease)).Place, Is.EqualTo(n + 1));
            deliveries.Add(GoOnAsync(host, desk, $"m{n}", lease));
        }

        Wake((await One.CommitAsync(Citizen, "first", "first", default, default)).Next);
        await Task.WhenAll(deliveries);
        Assert.That(desk.Worked, Is.EqualTo(Enumerable.Range(0, Messages).Select(n => $"m{n}")));
    }

    private async Task DeliverAsync(ISessions host, Desk desk, string message)
    {
        var lease = Guid.NewGuid().ToString("N");
        var begun = await host.BeginAsync(desk.Citizen, message, lease);
        while (begun.Status is TurnStatus.Running)
        {
            await Task.Delay(200);
            begun = await host.BeginAsync(desk.Citizen, message, lease);
        }

        if (begun.Status is TurnStatus.Waiting)
            await GoOnAsync(host, desk, message, lease);
        else if (begun.Status is TurnStatus.Started)
            await WorkAsync(host, desk, message, lease, begun);
        else
            Assert.That((begun.Status, Text(begun.Payload)), Is.EqualTo((TurnStatus.Answered, $"reply to {message}")));
    }

    private async Task GoOnAsync(ISessions host, Desk desk, string message, string lease)
    {
        while (true)
        {
            var woken = _waiting.GetOrAdd(lease, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            var begun = await host.BeginAsync(desk.Citizen, message, lease, again: true);
            if (begun.Status is TurnStatus.Started)
            {
                await WorkAsync(host, desk, message, lease, begun);
                return;
            }

            Assert.That(begun.Status, Is.EqualTo(TurnStatus.Waiting));
            await woken.Task.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(ISessions host, Desk desk, string message, string lease, Begun begun)
    {
        Assert.That(Interlocked.Increment(ref desk.AtWork), Is.EqualTo(1));
        await Task.Yield();
        desk.Worked.Add(message);
        Assert.That(Interlocked.Decrement(ref desk.AtWork), Is.Zero);
        var session = begun.Payload.IsEmpty ? message : $"{Text(begun.Payload)} {message}";
        var committed = await host.CommitAsync(desk.Citizen, message, lease, Bytes(session), Bytes($"reply to {message}"));
        Assert.That(committed.Kept, Is.True);
        Wake(committed.Next);
    }

    private void Wake(string? lease)
    {
        if (lease is not null && _waiting.TryGetValue(lease, out var waiter))
            waiter.TrySetResult();
    }

    private sealed class Desk(OpenId citizen)
    {
        public int AtWork;

        public OpenId Citizen => citizen;

        public List<string> Worked { get; } = [];
    }
}
