using Bot.Data;
using Bot.Data.Privacy;
using Bot.Host.Operation.Doctor;
using Bot.Host.Settings;
using Bot.Host.Verbs;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Bot.Tests.Operation;

/// <summary>The doctor looks at a Host of ours and at the simulated platform in it.</summary>
public sealed class DoctorTests
{
    // Not demo mode: the doctor then asks the platform, which is the one in the Host.
    private static readonly IConfiguration s_earnest = new ConfigurationBuilder().Build();

    private TestHost _host = null!;

    [OneTimeSetUp]
    public async Task Start() => _host = await TestHost.StartAsync(await TestRedis.FreshDatabaseAsync());

    [OneTimeTearDown]
    public ValueTask Stop() => _host.DisposeAsync();

    [Test]
    public async Task Finds_nothing_ill_in_a_house_that_is_in_order()
    {
        var lines = await Doctor.ExamineAsync([Check<ServerChecks>(), Check<WeChatChecks>(s_earnest), Check<CallbackCheck>()], default);
        Assert.That(lines.Where(l => l.Verdict is Verdict.Ill), Is.Empty);
        Assert.That(lines.Where(l => l.Verdict is Verdict.Well).Select(l => l.Name), Is.SupersetOf(new[]
        {
            "PostgreSQL", "数据表", "本机与数据库时钟", "个人信息密钥", "Redis", "磁盘", "微信服务器与时钟", "AppID 与 AppSecret", "接口调用与 IP 白名单",
            "模板消息权限", "回调地址",
        }));
    }

    [Test]
    public async Task Says_which_token_is_wrong_when_the_callback_refuses_the_signature()
    {
        var other = Options.Create(new WeChatOptions { Token = "anotherToken" });
        var line = (await Doctor.ExamineAsync([Check<CallbackCheck>(other)], default)).Single(l => l.Name == "回调地址");
        Assert.That((line.Verdict, line.Detail), Is.EqualTo((Verdict.Ill, "签名被拒绝（403）")));
        Assert.That(line.Cure, Does.Contain("WeChat:Token"));
    }

    [Test]
    public async Task Says_that_nobody_answers_at_the_public_address()
    {
        var nowhere = Options.Create(new BotOptions { PublicBaseUrl = "http://127.0.0.1:9" });
        var line = (await Doctor.ExamineAsync([Check<CallbackCheck>(nowhere)], default)).Single(l => l.Name == "回调地址");
        Assert.That(line.Verdict, Is.EqualTo(Verdict.Ill));
        Assert.That(line.Cure, Does.Contain("启动服务"));
    }

    [Test]
    public async Task Names_the_key_that_personal_data_needs_when_it_is_not_configured()
    {
        await using var database = await TestDatabase.CreateAsync();
        const string old = "old:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", fresh = "new:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
        await Services(database, old).GetRequiredService<IFieldCiphers>().GetAsync(default);
        var services = Services(database, fresh);
        var lines = await Doctor.ExamineAsync([ActivatorUtilities.CreateInstance<ServerChecks>(services)], default);
        var line = lines.Single(l => l.Name == "个人信息密钥");
        Assert.That(line.Verdict, Is.EqualTo(Verdict.Ill));
        Assert.That(line.Cure, Does.Contain("“old”"));
    }

    [Test]
    public async Task Looks_for_keys_without_making_any_and_finds_it_ill_when_nothing_seals_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var services = Services(database, "");
        var line = (await Doctor.ExamineAsync([ActivatorUtilities.CreateInstance<ServerChecks>(services)], default)).Single(l => l.Name == "个人信息密钥");
        Assert.That((line.Verdict, line.Detail), Is.EqualTo((Verdict.Ill, "没有设置 Privacy:Keys，字段密钥以明文存在数据库里，加密形同虚设")));
        Assert.That(await services.GetRequiredService<IFieldCiphers>().LookAsync(default), Is.Null, "the first start makes them, by then with the right cipher");
    }

    [Test]
    public async Task Says_that_the_database_is_away_and_goes_on_with_the_rest()
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddSingleton<IConfiguration>(s_earnest).AddOptions()
            .AddSingleton(new Migrator("Host=127.0.0.1;Port=9;Database=x;Username=x")).AddBotDatabase("Host=127.0.0.1;Port=9;Database=x;Username=x").BuildServiceProvider();
        var lines = await Doctor.ExamineAsync([ActivatorUtilities.CreateInstance<ServerChecks>(services)], default);
        Assert.That(lines.Select(l => (l.Name, l.Verdict)), Is.EqualTo([("PostgreSQL", Verdict.Ill), ("Redis", Verdict.Skipped), ("磁盘", Verdict.Well)]));
        Assert.That(lines[0].Cure, Does.Contain("ConnectionStrings:Postgres"));
    }

    private static ServiceProvider Services(TestDatabase database, string keys) =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddSingleton<IConfiguration>(s_earnest).AddOptions()
            .AddSingleton(MasterKeys.TryParse(keys)!).AddSingleton(new Migrator(database.ConnectionString)).AddBotDatabase(database.ConnectionString).BuildServiceProvider();

    private T Check<T>(params object[] own) => ActivatorUtilities.CreateInstance<T>(_host.Services, own);
}
