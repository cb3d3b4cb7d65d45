namespace Bot.Bench.Notices;

/// <summary><c>notices stub</c>: the platform as a process of its own, so that its memory and its pauses are not the engine's.</summary>
internal static class StubProcess
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var milliseconds = arguments.Number("delay-ms", 0);
        await using var stub = await StubPlatform.StartAsync(
            remembers: false, delay: milliseconds == 0 ? null : _ => TimeSpan.FromMilliseconds(milliseconds));
        Console.WriteLine(stub.Address);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <returns>The process and its address.</returns>
    public static async Task<(ChildProcess Process, string Address)> StartAsync(int milliseconds = 0)
    {
        var process = ChildProcess.Start("stub", "--delay-ms", milliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (process, await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("the stub did not start"));
    }
}
