using System.Reflection;
using System.Text.RegularExpressions;
using Bot.Data;
using Bot.Host.Delivery;
using Bot.Host.Settings;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class SettingsTests
{
    private static readonly (string Key, string Value)[] s_right =
    [
        ("WeChat:AppId", "wx0123456789abcdef"), ("WeChat:AppSecret", "0123456789abcdef0123456789abcdef"), ("WeChat:Token", "govServiceToken2026"),
        ("WeChat:EncodingAESKey", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        ("ConnectionStrings:Postgres", "Host=127.0.0.1;Database=bot;Username=bot;Password=x"), ("ConnectionStrings:Redis", "127.0.0.1:6379,password=x,ssl=false"),
    ];

    [Test]
    public void Accepts_a_complete_configuration_and_an_empty_one_in_demo_mode()
    {
        Assert.That(Fault(), Is.Null);
        Assert.That(SettingsCheck.Fault(Of(("Bot:Demo", "true"))), Is.Null);
        Assert.That(Fault([.. Shipped().AsEnumerable().Where(s => s.Value is { Length: > 0 }).Select(s => (s.Key, s.Value!))]), Is.Null, "what is shipped");
    }

    [TestCaseSource(nameof(Required))]
    public void Names_a_key_that_is_missing(string key)
    {
        IsOneLine(SettingsCheck.Fault(Of([.. s_right.Where(s => s.Key != key)])), key, "is missing", "absent");
        IsOneLine(Fault((key, "")), key, "is missing", "empty");
    }

    private static IEnumerable<string> Required() => s_right.Select(s => s.Key);

    [TestCase("Bot:Demo", "yes", "1", " ")]
    [TestCase("WeChat:AppId", "wx123", "gh_0123456789ab", "wx0123456789abcdef ", "wx0123456789abcdef\n", "wx0123456789abcde字")]
    [TestCase("WeChat:AppSecret", "has blank", "0123456789abcdef0123456789abcdef\n", "密码密码")]
    [TestCase("WeChat:Token", "ab", "has space", "token\n", "符号token", "012345678901234567890123456789012")]
    [TestCase("WeChat:EncodingAESKey", "abc", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n")]
    [TestCase("WeChat:PreviousEncodingAESKey", "abc", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF字")]
    [TestCase("WeChat:Mode", "secure", "1", "-1", "+1", "plain,safe", "明文")]
    [TestCase("WeChat:ApiBaseUrl", "api.weixin.qq.com", "ftp://api.weixin.qq.com", "https://", "/cgi-bin")]
    [TestCase("WeChat:TimestampWindow", "5", "-00:01:00", "soon", "2.00:00:00")]
    [TestCase("ConnectionStrings:Postgres", "localhost", "postgres://bot@localhost/bot", "Host=localhost;Nonsense=1", "Host=localhost;Port=many")]
    [TestCase("ConnectionStrings:Redis", "localhost,nonsense=1", "localhost,ssl=perhaps", "localhost,asyncTimeout=soon", "::::", "redis://127.0.0.1:6379", "no such host")]
    [TestCase("Bot:PublicBaseUrl", "bot.example.gov.cn", "javascript:alert(1)")]
    [TestCase("Bot:AccountName", " ", "01234567890123456789012345678901234567890", "一\n二")]
    [TestCase("Bot:DataDirectory", "/srv/\u0001")]
    [TestCase("Api:Team", "o1 o2", "o1,\u0001")]
    [TestCase("Bot:OfficeHours", "9-5", "周八 09:00-12:00")]
    [TestCase("Bot:ReplyWithin", "00:00:00", "00:00:05", "4", "four")]
    [TestCase("Bot:FlowPatience", "00:00:59", "2.00:00:00", "30")]
    [TestCase("Retention:MessageDays", "0", "-1", "long", "40000")]
    [TestCase("Retention:StaffSessionDays", "179")]
    [TestCase("Retention:CaseDays", "179")]
    [TestCase("Telemetry:OtlpEndpoint", "collector:4318", "file:///tmp")]
    [TestCase("Telemetry:SampleRatio", "2", "-0.1", "half")]
    [TestCase("Logging:Console:FormatterName", "xml", "JSON")]
    [TestCase("Privacy:Cipher", "des", "sm3", "SM 4")]
    [TestCase("Privacy:Keys", "secret", "2026:abc", "2026:MDEyMzQ1Njc4OWFiY2RlZg==", ":MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    [TestCase("Bot:MessagesPerMinute", "119", "6001", "many", "1e3")]
    [TestCase("urls", "127.0.0.1:5080", "ftp://127.0.0.1", "http://127.0.0.1:port", "http://127.0.0.1:5080;x")]
    [TestCase("Logging:LogLevel:Default", "Loud", "7")]
    public void Names_a_key_that_is_wrong(string key, params string[] values)
    {
        foreach (var value in values)
            IsOneLine(Fault((key, value)), key, "is wrong", $"“{value}”");
    }

    // Anything is somebody else's key.
    private static readonly string[] s_free = ["ObjectStore:AccessKey", "ObjectStore:SecretKey", "Oidc:ClientId", "Oidc:ClientSecret"];

    [TestCase("WeChat:ApiBaseUrl")]
    [TestCase("ObjectStore:Endpoint")]
    public void Servers_of_an_inner_network_may_be_called_in_clear(string key)
    {
        (string, string)[] others = [("ObjectStore:Bucket", "case-photos"), ("ObjectStore:Region", "us-east-1"), ("ObjectStore:AccessKey", "a"), ("ObjectStore:SecretKey", "b")];
        Assert.That(Fault([.. others, (key, "http://platform:8080")]), Is.Null);
        Assert.That(OpenLines.In(Of([(key, "http://platform:8080")])), Is.EqualTo(new[] { key }), "and the operator is told so");
        Assert.That(OpenLines.In(Of([(key, "http://127.0.0.1:8080")])), Is.Empty);
        Assert.That(OpenLines.In(Of([(key, "https://platform.example.gov.cn")])), Is.Empty);
    }

    [Test]
    public void Nobody_but_the_demo_speaks_in_the_name_of_the_demos_city()
    {
        Assert.That((BotOptions.NameOf("", demo: true), BotOptions.NameOf(" ", demo: false), BotOptions.NameOf("青海湖政务", demo: false)), Is.EqualTo(("滨海市政务服务", "政务服务", "青海湖政务")));
        foreach (var file in (string[])["appsettings.json", "compose.yaml", "deploy/kubernetes/bot.yaml", "deploy/systemd/bot.env"])
            Assert.That(File.ReadAllText(Path.Combine(Repository.Root, file)), Does.Not.Contain("滨海市"), file);
    }

    [Test]
    public void Every_setting_that_has_a_form_is_held_to_it()
    {
        foreach (var key in Shipped().AsEnumerable().Where(s => s.Value is not null).Select(s => s.Key).Except(s_free))
            Assert.That(Fault((key, "\u0001 no such thing at all")), Does.StartWith($"{key} is wrong"), key);
    }

    [Test]
    public void Says_nothing_of_a_secret_that_is_wrong() =>
        Assert.That(Fault(("WeChat:AppSecret", "s3cr3t !")), Does.Not.Contain("s3cr3t"));

    [Test]
    public void The_shipped_file_documents_every_setting_that_the_code_reads()
    {
        var shipped = Shipped().AsEnumerable().Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var bound = new[] { (BotOptions.Section, typeof(BotOptions)), (WeChatOptions.Section, typeof(WeChatOptions)) }
            .SelectMany(options => options.Item2.GetProperties().Where(p => p.SetMethod?.IsPublic ?? false).Select(p => $"{options.Item1}:{p.Name}"));
        var read = new[] { typeof(Inbox).Assembly, typeof(Migrator).Assembly }.SelectMany(UserStrings.Of).Where(s => Regex.IsMatch(s, "^(Bot|WeChat|ConnectionStrings|Embedded|Notices|Privacy):[A-Z][A-Za-z]+$"));
        Assert.That(bound.Concat(read).Except(shipped), Is.Empty);
    }

    [Test]
    public void The_shipped_file_gives_the_defaults_of_the_code()
    {
        Same(new BotOptions(), BotOptions.Section);
        Same(new WeChatOptions(), WeChatOptions.Section);
    }

    private static void Same<T>(T defaults, string section)
        where T : notnull, new()
    {
        var bound = new T();
        Shipped().GetSection(section).Bind(bound);
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.That(property.GetValue(bound), Is.EqualTo(property.GetValue(defaults)), $"{section}:{property.Name}");
    }

    private static void IsOneLine(string? fault, string key, string what, string why) =>
        Assert.That(fault, Does.StartWith(key).And.Contains(what).And.Contains("Example: ").And.Not.Contains("\n"), why);

    private static string? Fault(params (string Key, string Value)[] changes) =>
        SettingsCheck.Fault(Of([.. s_right.Where(s => changes.All(c => c.Key != s.Key)), .. changes]));

    private static IConfiguration Of(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, string? (s) => s.Value)).Build();

    private static IConfiguration Shipped() =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
}
