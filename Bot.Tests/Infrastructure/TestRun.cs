using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests;

/// <summary>Ends with the whole run: a set-up fixture counts for its namespace and those below.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public Task StopServers() => TestServers.StopAsync();
}
