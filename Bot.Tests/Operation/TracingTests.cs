using System.Collections.Concurrent;
using System.Diagnostics;
using Bot.Handlers;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Operation;

[NonParallelizable]
public sealed class TracingTests
{
    private const string Citizen = "oTracedCitizen";
    private const string Words = "导出我的数据";

    [Test]
    public async Task Shows_the_stops_of_a_message_and_nobody_s_name_or_words()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Callback.HostAsync(WeChatMode.Plain, null, null, ("Telemetry:OtlpEndpoint", "http://127.0.0.1:9/v1/traces"), ("Telemetry:SampleRatio", "1"));
        await host.SayAsync(Citizen, Words);
        Activity? callback = null;
        await Eventually.IsTrueAsync(() => (callback = seen.FirstOrDefault(a => a.OperationName == Tracing.Callback)) is not null, "the callback is over");

        var trace = seen.Where(a => a.TraceId == callback!.TraceId).ToArray();
        Assert.That(trace.Select(a => a.OperationName), Is.SupersetOf(new[] { "inbox.begin", "dispatch", "handler", "inbox.commit", "callback" }));
        Assert.That(trace.Any(a => a.Source.Name == "Npgsql"), Is.True, "the store");
        Assert.That(trace.Single(a => a.OperationName == "handler").GetTagItem("route"), Is.EqualTo("privacy.export"));
        var told = string.Join('\n', trace.SelectMany(a => a.TagObjects.Select(t => $"{a.OperationName} {t.Key}={t.Value}")).Concat(trace.Select(a => a.DisplayName)));
        Assert.That(told, Does.Not.Contain(Citizen).And.Not.Contain(Words));
    }

    [Test]
    public void Makes_nothing_while_nobody_listens() => Assert.That(Tracing.Source.StartActivity(Tracing.Callback), Is.Null);
}
