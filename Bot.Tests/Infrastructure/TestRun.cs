using Bot.Tests.Infrastructure;
using NUnit.Framework;

// Fixtures have databases, hosts and browsers of their own and spend much of their time waiting. Those that measure time, memory or
// processes, or listen to the whole process, are marked [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

namespace Bot.Tests;

/// <summary>Ends with the whole run: a set-up fixture counts for its namespace and those below.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public Task StopServers() => TestServers.StopAsync();
}
