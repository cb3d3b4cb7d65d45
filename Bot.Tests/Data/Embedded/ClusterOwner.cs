using System.Diagnostics;
using System.Runtime.CompilerServices;
using Bot.Data.Embedded;
using NUnit.Framework;

namespace Bot.Tests.Data.Embedded;

/// <summary>Another process that runs a cluster, to be killed: this test program, started once more with a word in its environment.</summary>
internal sealed class ClusterOwner : IDisposable
{
    private const string Word = "BOT_TESTS_OWN_CLUSTER";

    private readonly Process process;

    private ClusterOwner(Process process) => this.process = process;

    /// <returns>Once its server answers.</returns>
    public static async Task<ClusterOwner> StartAsync(string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ClusterOwner).Assembly.Location);
        start.Environment[Word] = directory;
        var owner = new ClusterOwner(Process.Start(start)!);
        Assert.That(await owner.process.StandardOutput.ReadLineAsync(), Is.EqualTo("ready"));
        return owner;
    }

    /// <summary>As kill -9 does: nothing of ours runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    // Before Main, which belongs to the test runner.
    [ModuleInitializer]
    internal static void OwnInsteadOfTesting()
    {
        if (Environment.GetEnvironmentVariable(Word) is not { } directory)
            return;
        EmbeddedPostgres.StartAsync(directory, durable: false).GetAwaiter().GetResult();
        Console.WriteLine("ready");
        Console.In.ReadToEnd();            // until killed: its input never ends while the tests live
    }
}
