namespace Bot.Tests.Infrastructure;

/// <summary>A crowd that starts at the same moment, on threads of its own.</summary>
internal static class AtOnce
{
    public static Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> act)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await gate.Task;
            return await act(i);
        })).ToArray();
        gate.SetResult();
        return Task.WhenAll(all);
    }
}
