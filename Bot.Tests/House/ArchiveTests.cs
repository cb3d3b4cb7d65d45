using System.Diagnostics;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.House;

/// <summary><c>deploy/archive.sh</c>, as PostgreSQL calls it.</summary>
public sealed class ArchiveTests
{
    private const string Segment = "000000010000000000000001";

    private string _folder = null!;

    [SetUp]
    public void Start() => _folder = Directory.CreateTempSubdirectory("archive").FullName;

    [TearDown]
    public void Stop() => Directory.Delete(_folder, true);

    [Test]
    public async Task What_is_there_already_is_archived_and_something_else_of_its_name_is_never_written_over()
    {
        var (log, kept) = (Path.Combine(_folder, "log"), Path.Combine(_folder, Segment));
        await File.WriteAllTextAsync(log, "ours");
        Assert.That(await ArchiveAsync(log, kept), Is.Zero);
        var packed = await File.ReadAllBytesAsync(kept + ".gz");
        Assert.That(await ArchiveAsync(log, kept), Is.Zero, "the server died before it noted it");

        await File.WriteAllTextAsync(log, "another server's");
        Assert.That(await ArchiveAsync(log, kept), Is.Not.Zero);
        Assert.That(await File.ReadAllBytesAsync(kept + ".gz"), Is.EqualTo(packed));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(2), "nothing half done is left");
    }

    private static async Task<int> ArchiveAsync(string log, string kept)
    {
        using var run = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Repository.Root, "deploy/archive.sh"), log, kept]) { RedirectStandardError = true })!;
        await run.WaitForExitAsync();
        return run.ExitCode;
    }
}
