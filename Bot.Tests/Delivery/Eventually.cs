using System.Diagnostics;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

/// <summary>Waits for what must come about by itself, far longer than it takes, so that a busy machine fails no test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    public static Task IsTrueAsync(Func<bool> condition, string what) => IsTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (since.Elapsed > s_deadline)
                Assert.Fail($"{what}: not within {s_deadline.TotalSeconds:0} s");
        }
    }
}
