using Bot.Data;
using Bot.Data.Privacy;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Operation.Doctor;

/// <summary>PostgreSQL, Redis, the disk and the keys: what is ours.</summary>
internal sealed class ServerChecks(
    DatabaseProbe database, Migrator migrator, IServiceProvider services, IFieldCiphers ciphers, MasterKeys masters, IOptions<BotOptions> options, TimeProvider clock)
    : IDoctorCheck
{
    private const int OldestPostgres = 150_000;
    private const long LeastDisk = 1L << 30; // bytes

    private static readonly Version s_oldestRedis = new(7, 0);
    private static readonly TimeSpan s_drift = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<DoctorLine> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        DatabaseFacts? facts = null;
        var answered = DoctorLine.Ill("PostgreSQL", "", "");
        try
        {
            facts = await FactsAsync(ct);
            answered = Postgres(facts);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            answered = DoctorLine.Ill("PostgreSQL", e.Message, "核对 ConnectionStrings:Postgres 的地址、库名、账号和密码，确认数据库已启动且本机可以连接");
        }

        yield return answered;
        if (facts is not null)
        {
            yield return await TablesAsync(ct);
            yield return Clock(facts);
            yield return Archive(await database.ArchiveAsync(ct));
            yield return await KeysAsync(ct);
        }

        yield return await RedisAsync();
        yield return Disk();
    }

    // The first connection of a process takes its time, and a busy server too.
    private async Task<DatabaseFacts> FactsAsync(CancellationToken ct)
    {
        try
        {
            return await database.ExamineAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return await database.ExamineAsync(ct);
        }
    }

    private static DoctorLine Postgres(DatabaseFacts facts) =>
        facts.Number < OldestPostgres ? DoctorLine.Ill("PostgreSQL", facts.Version, "升级到 PostgreSQL 15 或更高版本")
        : facts.ReadOnly ? DoctorLine.Ill("PostgreSQL", $"{facts.Version}，只读备库", "把 ConnectionStrings:Postgres 指向主库，或加上 Target Session Attributes=primary")
        : facts.Encoding != "UTF8" ? DoctorLine.Ill("PostgreSQL", $"编码 {facts.Encoding}", "用 encoding 'UTF8' 重新建库")
        : DoctorLine.Well("PostgreSQL", $"{facts.Version}，最多 {facts.MaxConnections} 个连接");

    private async Task<DoctorLine> TablesAsync(CancellationToken ct)
    {
        var newest = await migrator.NewestAsync(ct);
        var order = string.CompareOrdinal(newest, Migrator.Newest);
        return order == 0 ? DoctorLine.Well("数据表", newest!)
            : order < 0 ? DoctorLine.Doubtful("数据表", newest ?? "还没有建表", "运行 migrate，或直接启动服务，会自动升级")
            : DoctorLine.Doubtful("数据表", $"{newest}，比本程序新", "滚动升级期间属正常；否则请换用新版程序");
    }

    private DoctorLine Clock(DatabaseFacts facts)
    {
        var drift = clock.GetUtcNow() - facts.Now;
        return drift.Duration() <= s_drift
            ? DoctorLine.Well("本机与数据库时钟", $"相差 {drift.Duration().TotalSeconds:0.0} 秒")
            : DoctorLine.Doubtful("本机与数据库时钟", $"相差 {drift.Duration().TotalSeconds:0} 秒", "在两台机器上启用 chrony 或 NTP");
    }

    private static DoctorLine Archive(ArchiveFacts facts) =>
        facts.Failing is { } segment ? DoctorLine.Ill("日志归档", $"{segment} 归档失败，数据库日志会越积越多，直到占满磁盘", "查看 PostgreSQL 日志里 archive_command 的报错：归档目录是否已满、能否写入")
        : facts.On ? DoctorLine.Well("日志归档", "正常")
        : DoctorLine.Skipped("日志归档", "archive_mode 未开启，出事时只能恢复到最近一次备份");

    private async Task<DoctorLine> KeysAsync(CancellationToken ct)
    {
        try
        {
            // Looking makes none: the first ones settle the cipher of the digests for good.
            var cipher = await ciphers.LookAsync(ct);
            return masters.Current.Length > 0
                    ? DoctorLine.Well("个人信息密钥", $"主密钥 {masters.Current}，{(cipher is null ? "字段密钥在首次启动时生成" : $"字段密钥 {cipher.Newest} 号")}")
                : SettingsCheck.IsDemo(services.GetRequiredService<IConfiguration>()) ? DoctorLine.Well("个人信息密钥", "演示模式，未设主密钥")
                : DoctorLine.Ill("个人信息密钥", "没有设置 Privacy:Keys，字段密钥以明文存在数据库里，加密形同虚设",
                    $"用 openssl rand -base64 32 生成，设为 Privacy__Keys={clock.GetUtcNow().Year}:…{(cipher is null ? "" : "，再运行 keys rotate")}");
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException)
        {
            return DoctorLine.Ill("个人信息密钥", "现有字段密钥打不开", "把加密时所用的旧主密钥补到 Privacy:Keys 的后面：" + e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return DoctorLine.Skipped("个人信息密钥", $"表还没有建好（{e.GetType().Name}）");
        }
    }

    private async Task<DoctorLine> RedisAsync()
    {
        if (services.GetService<RedisProbe>() is not { } redis)
            return DoctorLine.Skipped("Redis", "演示模式，会话在进程内");
        try
        {
            var facts = await redis.ExamineAsync();
            return facts.Version < s_oldestRedis ? DoctorLine.Ill("Redis", $"{facts.Version}", "升级到 Redis 7.0 或更高版本")
                : facts.Eviction is not ("" or "noeviction") ? DoctorLine.Doubtful("Redis", $"{facts.Version}，maxmemory-policy {facts.Eviction}",
                    "设为 noeviction：内存不足时宁可如实报错，也不要丢掉填到一半的表单")
                : DoctorLine.Well("Redis", $"{facts.Version}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return DoctorLine.Ill("Redis", e.Message, "核对 ConnectionStrings:Redis 的地址和密码，确认 Redis 已启动且本机可以连接");
        }
    }

    private DoctorLine Disk()
    {
        var folder = Path.GetFullPath(options.Value.DataDirectory);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var detail = $"{folder} 可用 {free / (double)(1L << 30):0.0} GiB";
        return free >= LeastDisk ? DoctorLine.Well("磁盘", detail) : DoctorLine.Ill("磁盘", detail, "清理磁盘或扩容，至少留出 1 GiB");
    }
}
