using System.Text.Json.Nodes;

using Bot.WeChat.Api;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class ErrorTableTests
{
    private static IEnumerable<TestCaseData> Documented =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "WeChat", "fixtures", "errors.json")))!["errors"]!.AsArray()
            .Select(e => new TestCaseData(e!["errcode"]!.GetValue<int>(), e["action"]!.GetValue<string>()));

    [TestCaseSource(nameof(Documented))]
    public void Classes_every_documented_code(int code, string action) =>
        Assert.That(ErrorTable.ClassOf(code).ToString(), Is.EqualTo(action.Replace("-", "")).IgnoreCase);

    [TestCase(-2, ErrorClass.Retry)]
    [TestCase(40999, ErrorClass.FixRequest)]
    [TestCase(47999, ErrorClass.FixRequest)]
    [TestCase(48999, ErrorClass.Alert)]
    [TestCase(61999, ErrorClass.Alert)]
    [TestCase(89999, ErrorClass.Alert)]
    [TestCase(7000000, ErrorClass.FixRequest)]
    public void Classes_a_new_code_by_its_range(int code, ErrorClass expected) =>
        Assert.That(ErrorTable.ClassOf(code), Is.EqualTo(expected));

    [TestCase(45009, "2025-01-01T23:59:59+08:00", "2025-01-02T00:00:00+08:00")]
    [TestCase(45009, "2024-12-31T16:00:00Z", "2025-01-02T00:00:00+08:00")]
    [TestCase(45011, "2025-01-01T10:20:30Z", "2025-01-01T10:21:00Z")]
    [TestCase(89507, "2025-01-01T10:00:00Z", "2025-01-01T11:00:00Z")]
    public void Says_until_when_an_API_is_to_be_left_alone(int code, string now, string until) =>
        Assert.That(
            ApiError.Answered(code, "").PausedUntil(DateTimeOffset.Parse(now, null)),
            Is.EqualTo(DateTimeOffset.Parse(until, null)));

    [Test]
    public void Has_Chinese_words_for_every_code() =>
        Assert.That(ErrorTable.Codes.Select(ErrorTable.ForStaff), Is.All.Matches<string>(words => words.Any(c => c >= '\u4E00')));
}
