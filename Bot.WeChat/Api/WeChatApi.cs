namespace Bot.WeChat.Api;

/// <summary>Every call that needs the access token goes through here: token, request, one exchange of a refused token, answer.</summary>
internal sealed class WeChatApi(ApiTransport transport, IAccessTokens tokens)
{
    /// <summary>For calls without a body.</summary>
    public Task<ApiResult<TAnswer>> AskAsync<TAnswer>(ApiCall call, CancellationToken ct, string query = "")
        where TAnswer : Answer =>
        SendAsync(call, query, null, JsonReader<TAnswer>.Instance, call.Repeatable, ct);

    /// <param name="dedupId">Whether the body carries an id by which the platform drops doubles.</param>
    public async Task<ApiResult<TAnswer>> PostAsync<TBody, TAnswer>(ApiCall call, TBody body, CancellationToken ct, bool dedupId = false)
        where TAnswer : Answer
    {
        using var json = JsonBody.Of(body);
        return await SendAsync(call, "", json, JsonReader<TAnswer>.Instance, call.Repeatable || dedupId, ct);
    }

    /// <summary>For calls that answer only an errcode.</summary>
    public async Task<ApiResult<Done>> DoAsync<TBody>(ApiCall call, TBody body, CancellationToken ct) =>
        (await PostAsync<TBody, Answer>(call, body, ct)).Pick<Done>(_ => default(Done));

    public async Task<ApiResult<T>> SendAsync<T>(
        ApiCall call, string query, RequestBody? body, AnswerReader<T> reader, bool repeatable, CancellationToken ct)
    {
        var token = await tokens.GetAsync(ct);
        if (!token.Ok)
            return Unsent(token.Error);
        var result = Masked(await transport.SendAsync(With(token.Value), reader, ct), token.Value);
        if (result.Error is { Class: ErrorClass.RefreshToken } refused)
        {
            var fresh = await tokens.ReplaceAsync(token.Value.Value, ct);
            // Also with the same token again: what the platform gives out it may well take a moment later.
            result = !fresh.Ok ? Unsent(fresh.Error) : Masked(await transport.SendAsync(With(fresh.Value), reader, ct), fresh.Value);
            if (refused.MayBeDone && result.Error is { } error)
                result = error with { MayBeDone = true };
        }

        // Once and no more: another process that fetches tokens of its own would keep us both busy for ever.
        return result.Error switch
        {
            null => result,
            { Class: ErrorClass.RefreshToken } again => (again with { Class = ErrorClass.Alert }).Settled,
            { } error => error.Settled,
        };

        // Whatever the token's own call came to, this one never left.
        static ApiError Unsent(ApiError error) => error.Class is ErrorClass.OutcomeUnknown or ErrorClass.Retry
            ? ApiError.NotSent($"no access token ({error.Code})")
            : error;

        ApiRequest With(StoredToken token)
        {
            var own = $"access_token={Uri.EscapeDataString(token.Value)}";
            return new(call, query.Length == 0 ? own : $"{own}&{query}", body, repeatable);
        }

        static ApiResult<T> Masked(ApiResult<T> answer, StoredToken token) =>
            answer.Error is { } error && error.Message.Contains(token.Value, StringComparison.Ordinal)
                ? error with { Message = error.Message.Replace(token.Value, "…", StringComparison.Ordinal) }
                : answer;
    }
}
