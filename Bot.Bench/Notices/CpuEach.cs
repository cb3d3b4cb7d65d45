using System.Globalization;

namespace Bot.Bench.Notices;

/// <summary>Processor time in microseconds: of this process, of the platform's, and of all the rest of the machine, which in a quiet run is PostgreSQL.</summary>
internal readonly record struct CpuEach(double Own, double Platform, double Rest)
{
    public static CpuEach Now(ChildProcess platform)
    {
        var (own, its) = (Environment.CpuUsage.TotalTime.TotalMicroseconds, platform.Cpu.TotalMicroseconds);
        return new(own, its, Machine() - own - its);
    }

    public static CpuEach operator -(CpuEach after, CpuEach before) => new(after.Own - before.Own, after.Platform - before.Platform, after.Rest - before.Rest);

    public static CpuEach operator /(CpuEach all, int count) => new(all.Own / count, all.Platform / count, all.Rest / count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"µs each: own {Own:0}, platform {Platform:0}, rest {Rest:0}");

    // Linux counts hundredths of a second: busy is all but idle and waiting for the disk.
    private static double Machine()
    {
        if (!OperatingSystem.IsLinux())
            return double.NaN;
        var counts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        return (counts.Sum() - counts[3] - counts[4]) * 10_000;
    }
}
