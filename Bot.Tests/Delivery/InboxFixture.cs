using Bot.Data.Sessions;
using Bot.Handlers.Texts;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

/// <summary>A Redis of the fixture, and in every test a new citizen, probe and platform.</summary>
public abstract class InboxFixture
{
    private readonly List<InboxHost> _hosts = [];

    protected static string Apology { get; } = Text.Of("chat.unavailable").Say();

    protected string Redis { get; private set; } = "";

    protected OpenId Citizen { get; private set; }

    private protected Probe Probe { get; private set; } = new();

    private protected SentMessages Platform { get; private set; } = new();

    private protected Bot.Tests.Conversations.FormFlow.World Form { get; private set; } = new();

    [OneTimeSetUp]
    public async Task Open() => Redis = await TestRedis.FreshDatabaseAsync() + ",asyncTimeout=30000";     // a busy machine may take its time

    [SetUp]
    public void Begin() => (Citizen, Probe, Platform, Form) = (new($"oInbox{Guid.NewGuid():N}"), new(), new(), new());

    [TearDown]
    public async Task End()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _hosts.Clear();
    }

    private protected async Task<InboxHost> HostAsync(
        TimeSpan? replyWithin = null, string? redis = null, TimeProvider? clock = null, Func<ISessions, ISessions>? around = null)
    {
        _hosts.Add(await InboxHost.StartAsync(redis ?? Redis, Probe, Platform, Form, replyWithin, clock, around));
        return _hosts[^1];
    }
}
