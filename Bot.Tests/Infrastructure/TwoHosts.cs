namespace Bot.Tests.Infrastructure;

/// <summary>Two Hosts over one database of their own; it is dropped with them.</summary>
public sealed class TwoHosts : IAsyncDisposable
{
    private TwoHosts(TestDatabase database, TestHost one, TestHost other) => (Database, One, Other) = (database, one, other);

    public TestDatabase Database { get; }

    public TestHost One { get; }

    public TestHost Other { get; }

    /// <param name="start">Starts either of them.</param>
    public static async Task<TwoHosts> StartAsync(Func<TestDatabase, Task<TestHost>> start)
    {
        var database = await TestDatabase.CreateAsync();
        return new(database, await start(database), await start(database));
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await Database.DisposeAsync();
    }
}
