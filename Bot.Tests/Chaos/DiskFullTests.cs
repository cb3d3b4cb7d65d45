using System.Diagnostics;
using Bot.Data.Cases;
using Bot.Tests.Complaints;
using Bot.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>The disk that holds the photos is a small one, and full: the citizen hears so, and nothing is lost.</summary>
[NonParallelizable]
public sealed class DiskFullTests : CaseFixture
{
    private const string SmallDisk = "small_disk";

    private readonly string _disk = Path.Combine(TestServers.Folder, "small-disk");
    private bool _mounted;

    private string Filler => Path.Combine(_disk, "filler");

    [OneTimeSetUp]
    public async Task Mount()
    {
        Directory.CreateDirectory(_disk);
        _mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", _disk);
        if (!_mounted)
            Assert.Ignore("This account may not mount a disk.");
        Directory.CreateDirectory(Path.Combine(_disk, "data"));
        await RunAsync("chown", "--reference", Path.Combine(TestServers.Folder, "postgres", "data"), Path.Combine(_disk, "data"));
        await ExecuteAsync($"create tablespace {SmallDisk} location '{_disk}/data'");
        await ExecuteAsync($"alter table case_photo set tablespace {SmallDisk}");
    }

    [OneTimeTearDown]
    public async Task Unmount()
    {
        if (!_mounted)
            return;
        File.Delete(Filler);
        await ExecuteAsync("alter table case_photo set tablespace pg_default");
        await ExecuteAsync($"drop tablespace {SmallDisk}");
        await RunAsync("umount", _disk);
    }

    [Test]
    public async Task A_photo_that_cannot_be_noted_is_said_to_be_so_and_the_form_stays()
    {
        await PlaysAsync(
            """
            > 投诉 人民路路灯不亮
            …
            > 1
            …
            """);
        Fill();
        // The inbox makes the apology of it, and leaves the session as it was.
        Assert.That(async () => await PlaysAsync(">! image p1"), Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DiskFull));
        File.Delete(Filler);
        await PlaysAsync(
            """
            >! image p1
            已记录（共7字）。照片1/9张。可以继续补充，全部发完后请回复“完成”。
            """);
    }

    [Test]
    public async Task A_photo_that_cannot_be_kept_is_fetched_again_until_there_is_room()
    {
        Media.Files["p1"] = PhotoTests.Photo();
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, Guid.NewGuid(), "p1", video: false, default);
        Fill();
        for (var hours = 0; hours < 48; hours++)
        {
            await FetchPhotosAsync();
            Chat.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("fetching"));
        Assert.That(await WordsAsync(), Is.Empty, "nobody is told that it is lost: it is not");
        File.Delete(Filler);
        await FetchPhotosAsync();
        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("kept"));
    }

    private void Fill()
    {
        using var filler = File.Create(Filler);
        try
        {
            for (var block = new byte[4096]; ;)
            {
                filler.Write(block);
                filler.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
