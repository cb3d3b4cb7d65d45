using System.Globalization;
using Bot.Data;
using Bot.Data.Audit;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary><c>audit verify</c>: seals what waits and computes the audit log's whole chain again. Ends with 1 when it is broken.</summary>
internal static class AuditVerify
{
    public const string Usage = "audit verify";
    private const int Broken = 1;

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not ["verify", .. var settings])
            return Verbs.Usage.Print($"usage: {Usage}");
        var builder = Composition.NewBuilder(settings);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        await using var servers = await Servers.StartAsync(builder.Configuration, ct);
        await new Migrator(servers.Postgres).MigrateAsync(ct);
        builder.AddBot(servers);
        await using var app = builder.Build();
        var trail = app.Services.GetRequiredService<IAuditTrail>();
        while (await trail.SealAsync(ct) > 0)
        {
        }

        var verdict = await trail.VerifyAsync(ct);
        Console.WriteLine(verdict.BrokenAt is { } broken
            ? string.Create(CultureInfo.InvariantCulture, $"审计日志不完整：第 {broken} 条与之前的记录接不上。")
            : string.Create(CultureInfo.InvariantCulture, $"审计日志完整：{verdict.Sealed} 条，末尾校验码 {verdict.Hash}"));
        return verdict.BrokenAt is null ? 0 : Broken;
    }
}
