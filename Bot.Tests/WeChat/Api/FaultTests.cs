using System.Text.Json;

using Bot.WeChat.Api;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

/// <summary>Whether a request may have been carried out decides whether a citizen hears something twice.</summary>
public sealed class FaultTests
{
    private static IEnumerable<TestCaseData> Faults =>
    [
        Case(new HttpRequestException(HttpRequestError.NameResolutionError), sent: ErrorClass.NotSent, unsent: ErrorClass.NotSent),
        Case(new HttpRequestException(HttpRequestError.ConnectionError), sent: ErrorClass.NotSent, unsent: ErrorClass.NotSent),
        Case(new HttpRequestException(HttpRequestError.SecureConnectionError), sent: ErrorClass.NotSent, unsent: ErrorClass.NotSent),
        Case(new HttpRequestException(HttpRequestError.ProxyTunnelError), sent: ErrorClass.NotSent, unsent: ErrorClass.NotSent),
        Case(new HttpRequestException(HttpRequestError.ResponseEnded), sent: ErrorClass.OutcomeUnknown, unsent: ErrorClass.NotSent),
        Case(new TaskCanceledException("connect", new TimeoutException()), sent: ErrorClass.NotSent, unsent: ErrorClass.NotSent),
        Case(new IOException(), sent: ErrorClass.OutcomeUnknown, unsent: ErrorClass.NotSent),
        Case(new JsonException(), sent: ErrorClass.OutcomeUnknown, unsent: ErrorClass.OutcomeUnknown),
    ];

    [TestCaseSource(nameof(Faults))]
    public void Tells_what_was_not_sent_from_what_may_have_been_done(Exception e, ErrorClass sent, ErrorClass unsent)
    {
        Assert.That(Fault.ToError(e, unsent: false, late: false).Class, Is.EqualTo(sent));
        Assert.That(Fault.ToError(e, unsent: true, late: false).Class, Is.EqualTo(unsent));
    }

    [Test]
    public void A_deadline_that_ends_a_wait_for_the_answer_leaves_the_outcome_unknown() =>
        Assert.That(Fault.ToError(new TaskCanceledException("late", new TimeoutException()), unsent: false, late: true).Class, Is.EqualTo(ErrorClass.OutcomeUnknown));

    private static TestCaseData Case(Exception e, ErrorClass sent, ErrorClass unsent) =>
        new TestCaseData(e, sent, unsent).SetArgDisplayNames(e is HttpRequestException http ? $"{http.HttpRequestError}" : e.GetType().Name);
}
