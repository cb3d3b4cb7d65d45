using System.Text.Json;

namespace Bot.WeChat.Api;

/// <summary>Tells what an exception of the HTTP client means for the call. Its text is not used: it may quote an address.</summary>
internal static class Fault
{
    /// <param name="unsent">There was a body and none of it was handed to a connection.</param>
    /// <param name="late">Our own deadline ended the attempt.</param>
    public static ApiError ToError(Exception e, bool unsent, bool late) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ApiError.NotSent("name not resolved"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => ApiError.NotSent("no connection"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ApiError.NotSent("no TLS"),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => ApiError.NotSent("no way through the proxy"),
        OperationCanceledException when unsent => ApiError.NotSent("no connection in time"),
        OperationCanceledException { InnerException: TimeoutException } when !late => ApiError.NotSent("no connection in time"),
        OperationCanceledException => ApiError.OutcomeUnknown("no answer in time"),
        JsonException => ApiError.OutcomeUnknown("the answer is no JSON"),
        InvalidDataException => ApiError.OutcomeUnknown("the answer is too large"),
        _ when unsent => ApiError.NotSent("the connection broke"),
        _ => ApiError.OutcomeUnknown("the connection broke"),
    };
}
