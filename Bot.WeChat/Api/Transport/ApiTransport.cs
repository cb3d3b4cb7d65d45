using System.Text.Json;

using Microsoft.Extensions.Logging;

namespace Bot.WeChat.Api;

/// <param name="Query">Without <c>?</c>, escaped; may hold a token, so it is written nowhere.</param>
/// <param name="Repeatable">A double is harmless, or the body carries a dedup id.</param>
internal sealed record ApiRequest(ApiCall Call, string Query, RequestBody? Body, bool Repeatable);

/// <summary>Sends one call: picks the host, bounds the time, repeats what may be repeated, and turns every outcome into a value.</summary>
/// <remarks>
/// The retries are our own and not those of Microsoft.Extensions.Http.Resilience, which sees a status and no errcode, and cannot
/// tell a request that never left from one that may have been carried out. For a notice that difference is everything.
/// </remarks>
internal sealed partial class ApiTransport(
    IHttpMessageHandlerFactory handlers, ApiHosts hosts, IApiObserver observer, TimeProvider clock, ILogger<ApiTransport> log) : IDisposable
{
    public const string ClientName = "wechat";

    // One for the life of the process: its handler renews connections itself. An HttpClient would add time-outs and sources of its own to each call.
    private readonly HttpMessageInvoker _client = new(handlers.CreateHandler(ClientName), disposeHandler: false);
    private readonly Deadlines _deadlines = new(clock);
    private Addressed? _last;

    public void Dispose() => _client.Dispose();

    /// <returns>An error tells with <see cref="ApiError.MayBeDone"/> of attempts before the last.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<ApiResult<T>> SendAsync<T>(ApiRequest request, AnswerReader<T> reader, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        var mayBeDone = false;
        for (var attempt = 1; ; attempt++)
        {
            if (hosts.Pick() is not { } host)
                return ApiError.NotSent("every host rests after repeated faults") with { MayBeDone = mayBeDone };
            var left = request.Call.Within - clock.GetElapsedTime(begun);
            var result = await AttemptAsync(request, Address(host, request), host, reader, left, ct);
            if (result.Ok)
                return result;
            if (RetryPlan.WaitAfter(result.Error, attempt, request.Repeatable) is not { } wait || wait >= request.Call.Within - clock.GetElapsedTime(begun))
                return mayBeDone ? result.Error with { MayBeDone = true } : result;
            // A platform that is busy may have done it all the same.
            mayBeDone |= result.Error.Class is ErrorClass.OutcomeUnknown or ErrorClass.Retry;
            await Task.Delay(wait, clock, ct);
        }
    }

    /// <summary>Once, from an address that an answer named; no token goes there.</summary>
    public Task<ApiResult<T>> FetchAsync<T>(ApiCall call, Uri address, AnswerReader<T> reader, CancellationToken ct) =>
        AttemptAsync(new(call, "", null, Repeatable: false), address, host: null, reader, call.Within, ct);

    private async Task<ApiResult<T>> AttemptAsync<T>(
        ApiRequest request, Uri address, HostHealth? host, AnswerReader<T> reader, TimeSpan left, CancellationToken ct)
    {
        var call = request.Call;
        var begun = clock.GetTimestamp();
        var longest = call.AttemptWithin(request.Repeatable);
        var deadline = _deadlines.Begin(left < longest ? left : longest, ct);
        var content = request.Body?.Open();
        using var message = new HttpRequestMessage(call.Method, address) { Content = content };
        ApiResult<T> result;
        var met = false;
        try
        {
            using var response = await _client.SendAsync(message, deadline.Token);
            result = await HearAsync(response, reader, deadline.Token);
            met = true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            request.Body?.Broken = true;
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException or InvalidDataException)
        {
            request.Body?.Broken = true;
            result = Fault.ToError(e, content is { Started: false }, deadline.IsOver);
        }
        finally
        {
            _deadlines.End(deadline, met);
        }
        Tell(call, host, result.Error, clock.GetElapsedTime(begun));
        return result;
    }

    // Notices go to one address by the thousand, and to parse it is a good part of our own work.
    private Uri Address(HostHealth host, ApiRequest request)
    {
        if (Volatile.Read(ref _last) is { } last && ReferenceEquals(last.Host, host) && ReferenceEquals(last.Call, request.Call) && last.Query == request.Query)
            return last.Address;
        var address = new Uri($"{host.Address}{request.Call.Path}?{request.Query}");
        Volatile.Write(ref _last, new(host, request.Call, request.Query, address));
        return address;
    }

    private static async ValueTask<ApiResult<T>> HearAsync<T>(HttpResponseMessage response, AnswerReader<T> reader, CancellationToken ct)
    {
        if ((int)response.StatusCode >= 500)
            return ApiError.OutcomeUnknown($"HTTP {(int)response.StatusCode}");
        var heard = await reader.ReadAsync(response, ct);
        if (heard.ErrCode != 0)
            return ApiError.Answered(heard.ErrCode, heard.ErrMsg);
        if (!response.IsSuccessStatusCode || heard.Value is null)
            return ApiError.OutcomeUnknown($"HTTP {(int)response.StatusCode}");
        return heard.Value;
    }

    private void Tell(ApiCall call, HostHealth? host, ApiError? error, TimeSpan elapsed)
    {
        switch (error?.Class)
        {
            case ErrorClass.NotSent:
                host?.CouldNotConnect();
                break;
            case ErrorClass.OutcomeUnknown:
                host?.SaidNothing();
                break;
            default:
                host?.Answered();
                break;
        }
        observer.Called(call.Path, error?.Code ?? 0, elapsed);
        if (error is null or { Class: ErrorClass.Normal })
            LogAnswered(call.Path, error?.Code ?? 0, (long)elapsed.TotalMilliseconds);
        else if (error.Rid is null && error.Code is ApiError.NotSentCode or ApiError.OutcomeUnknownCode)
            LogFault(call.Path, error.Message, (long)elapsed.TotalMilliseconds);
        else
            LogRefused(call.Path, error.Code, error.Rid, (long)elapsed.TotalMilliseconds);
    }

    // The path only: the query holds the token, the body a citizen's data, and the errmsg whatever the platform liked to repeat.
    [LoggerMessage(LogLevel.Debug, "{Path} answered {ErrCode} in {Ms} ms")]
    private partial void LogAnswered(string path, int errCode, long ms);

    [LoggerMessage(LogLevel.Warning, "{Path} answered {ErrCode}, rid {Rid}, in {Ms} ms")]
    private partial void LogRefused(string path, int errCode, string? rid, long ms);

    [LoggerMessage(LogLevel.Warning, "{Path} gave no answer: {Why}, after {Ms} ms")]
    private partial void LogFault(string path, string why, long ms);

    private sealed record Addressed(HostHealth Host, ApiCall Call, string Query, Uri Address);
}
