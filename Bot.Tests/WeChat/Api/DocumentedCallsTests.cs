using System.Text.Json.Nodes;

using Bot.WeChat.Api;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class DocumentedCallsTests
{
    /// <summary>States that the client turns into successes.</summary>
    private static readonly (string Name, int Code)[] NoFailures =
        [("menu-get", 46003), ("custom-typing", 45080), ("custom-typing", 45081), ("kfsession-close", 65413)];

    private ScriptedPlatform _platform;
    private ApiClient _client;

    [OneTimeSetUp]
    public async Task StartPlatform() => _platform = await ScriptedPlatform.StartAsync();

    [OneTimeTearDown]
    public async Task StopPlatform() => await _platform.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _platform.Reset();
        _client = new ApiClient(_platform.Address, new QuickRetries());
    }

    [TearDown]
    public async Task TearDown() => await _client.DisposeAsync();

    private static IEnumerable<string> Names => DocumentedCalls.All.Select(c => c.Name);

    private static IEnumerable<TestCaseData> Errors =>
        from call in DocumentedCalls.All
        where !call.Name.Contains('/') || call.Name.EndsWith("/0", StringComparison.Ordinal)
        from error in Fixture.Read(call.Name).Errors
        select new TestCaseData(call.Name, error).SetArgDisplayNames(call.Name, JsonNode.Parse(error)!["errcode"]!.ToString());

    [TestCaseSource(nameof(Names))]
    public async Task Sends_what_is_documented_and_reads_the_answer(string name)
    {
        var fixture = Fixture.Read(name);
        _platform.Says(fixture.Path, fixture.Response);

        var outcome = await CallAsync(name);

        var asked = _platform.AskedFor(fixture.Path).Single();
        Assert.That(outcome.Error, Is.Null);
        Assert.That(outcome.Value, Is.Not.Null);
        Assert.That(asked.Method, Is.EqualTo(fixture.Method));
        Assert.That(Known(asked.Query), Is.EquivalentTo(fixture.Query));
        if (fixture.Request is JsonValue)
            Assert.That(asked.ContentType, Does.StartWith("multipart/form-data; boundary=----bot"));
        else if (fixture.Request is null)
            Assert.That(asked.Body, Is.Empty);
        else
            Assert.That(Same(JsonNode.Parse(asked.Text.Replace(ApiClient.Secret, "APPSECRET"))!, fixture.Request), Is.True, asked.Text);
    }

    [TestCaseSource(nameof(Errors))]
    public async Task Gives_every_documented_error_as_a_value(string name, string error)
    {
        var code = JsonNode.Parse(error)!["errcode"]!.GetValue<int>();
        _platform.Says(Fixture.Read(name).Path, error);

        var outcome = await CallAsync(name);

        if (NoFailures.Contains((name, code)))
            Assert.That(outcome.Error, Is.Null);
        else
            Assert.That(outcome.Error, Has.Property(nameof(ApiError.Code)).EqualTo(code).And.Property(nameof(ApiError.Rid)).EqualTo("6776a1b2-0c1d2e3f-4a5b6c7d"));
    }

    [Test]
    public void Every_documented_call_is_made_or_left_out_on_purpose() =>
        Assert.That(Fixture.Names, Is.EquivalentTo(Names.Select(n => n.Split('/')[0]).Distinct().Concat(DocumentedCalls.Elsewhere)));

    private Task<Outcome> CallAsync(string name) => DocumentedCalls.All.Single(c => c.Name == name).Call(_client);

    private static Dictionary<string, string> Known(Dictionary<string, string> query) => query.ToDictionary(
        q => q.Key, q => q.Value.Replace(ApiClient.Secret, "APPSECRET").Replace("TOKEN-1", "ACCESS_TOKEN"));

    // The language of a region that is no longer told: we ask for it always, the sample once.
    private static bool Same(JsonNode sent, JsonNode documented) => JsonNode.DeepEquals(WithoutLang(sent), WithoutLang(documented));

    private static JsonNode WithoutLang(JsonNode node)
    {
        var copy = node.DeepClone();
        foreach (var user in copy["user_list"]?.AsArray() ?? [])
            user!.AsObject().Remove("lang");
        return copy;
    }
}
