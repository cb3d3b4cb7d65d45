using System.Text;
using Bot.Data.Sessions;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

/// <summary>What every session store promises is tested by fixtures of this kind, over each store.</summary>
public abstract class SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    private static int s_last;

    protected TStore Store { get; } = new();

    protected ISessions One => Store.One;

    protected ISessions Other => Store.Other;

    /// <summary>Somebody new in every test.</summary>
    protected OpenId Citizen { get; private set; }

    [OneTimeSetUp]
    public Task Open() => Store.OpenAsync();

    [OneTimeTearDown]
    public async Task Close() => await Store.DisposeAsync();

    [SetUp]
    public void Meet() => Citizen = NewCitizen();

    protected static OpenId NewCitizen() => new($"oCitizen{Interlocked.Increment(ref s_last)}");

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>A whole turn that nobody is in the way of.</summary>
    protected async Task AnswerAsync(string message, string session, string reply)
    {
        Assert.That((await One.BeginAsync(Citizen, message, $"lease of {message}")).Status, Is.EqualTo(TurnStatus.Started));
        Assert.That((await One.CommitAsync(Citizen, message, $"lease of {message}", Bytes(session), Bytes(reply))).Kept, Is.True);
    }

    // Redis is told without waiting for it; whatever is asked next over the same connection comes after.
    protected static async Task ReleaseAsync(ISessions host, OpenId citizen, string message, string lease)
    {
        await host.ReleaseAsync(citizen, message, lease);
        await host.RenewAsync(citizen, message, lease);
    }

    /// <summary>The session as the next message meets it.</summary>
    protected async Task<string> SessionAsync()
    {
        var begun = await Other.BeginAsync(Citizen, "a look", "look");
        Assert.That(begun.Status, Is.EqualTo(TurnStatus.Started));
        await ReleaseAsync(Other, Citizen, "a look", "look");
        return Text(begun.Payload);
    }
}
