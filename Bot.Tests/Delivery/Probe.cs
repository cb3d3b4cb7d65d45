using System.Collections.Concurrent;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Routing;
using Bot.Tests.Conversations;
using Bot.WeChat;
using static Bot.Handlers.Routing.Route;

namespace Bot.Tests.Delivery;

/// <summary>A handler that a test holds up, lets fail and asks what it was given; shared by all hosts of a test.</summary>
internal sealed class Probe
{
    private int _count;

    /// <summary>What to do with the words of a message.</summary>
    public Func<string, Task<Answer>> Answers { get; set; }

    public Probe() => Answers = words => Answer.SayAsync($"{words}：{Interlocked.Increment(ref _count)}");

    /// <summary>In the order in which the handler was called.</summary>
    public ConcurrentQueue<string> Handled { get; } = new();

    public static RouteTable Table { get; } =
    [
        On("help").Words("帮助").To<Help>(),
        On("form").Words("登记").Starts<FormFlow>(),
        On("silence").To<Silence>(),
        On("text").Key("PROBE").Anything().To<Handler>(),
    ];

    /// <summary>Holds every message up until the gate is opened; then answers as before.</summary>
    public TaskCompletionSource HoldUp(Func<string, bool>? which = null)
    {
        var (gate, before) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Answers);
        Answers = async words =>
        {
            if (which?.Invoke(words) ?? true)
                await gate.Task;
            return await before(words);
        };
        return gate;
    }

    internal sealed class Handler(Probe probe) : IHandler
    {
        public Task<Answer> HandleAsync(Request request, CancellationToken ct)
        {
            var words = request.Message is TextMessage text ? text.Content : request.Message.Kind;
            probe.Handled.Enqueue(words);
            return probe.Answers(words);
        }
    }
}
