using NUnit.Framework;

namespace Bot.Tests.Infrastructure;

/// <summary>One Host and one browser for all tests of a fixture.</summary>
public abstract class BrowserFixture
{
    internal TestHost Host { get; private set; } = null!;

    internal TestBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        Host = await TestHost.StartAsync();
        Browser = await TestBrowser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await Browser.DisposeAsync();
        await Host.DisposeAsync();
    }
}
