using System.Text.Json;

namespace Bot.WeChat.Api;

/// <param name="Value">Null when the platform answered an errcode.</param>
internal readonly record struct Heard<T>(int ErrCode, string? ErrMsg, T? Value);

/// <summary>Turns a response into an answer.</summary>
internal abstract class AnswerReader<T>
{
    /// <exception cref="JsonException">The body is no JSON, or only half of it came.</exception>
    /// <exception cref="InvalidDataException">The body is larger than any answer should be.</exception>
    public abstract ValueTask<Heard<T>> ReadAsync(HttpResponseMessage response, CancellationToken ct);
}

/// <summary>Parses the bytes as JSON whatever the content type says; the platform is known to answer <c>text/plain</c>.</summary>
internal sealed class JsonReader<T> : AnswerReader<T>
    where T : Answer
{
    public static readonly JsonReader<T> Instance = new();

    public override async ValueTask<Heard<T>> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var body = await BoundedBody.ReadAsync(response.Content, BoundedBody.MaxJson, ct);
        return Parse(body.Written.Span);
    }

    public static Heard<T> Parse(ReadOnlySpan<byte> json)
    {
        var answer = JsonSerializer.Deserialize(BoundedBody.WithoutBom(json), Wire.Of<T>())
            ?? throw new JsonException("The answer is null.");
        return answer.Succeeded ? new(0, null, answer) : new(answer.ErrCode, answer.ErrMsg, null);
    }
}
