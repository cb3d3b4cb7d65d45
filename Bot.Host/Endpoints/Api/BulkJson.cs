using System.Text.Json;
using System.Text.Unicode;
using Bot.Handlers.Notices;

namespace Bot.Host.Endpoints.Api;

/// <summary>The body of a bulk request. Its recipients are read one by one: a hundred thousand of them at once would be as many objects.</summary>
internal sealed class BulkJson
{
    private readonly ReadOnlyMemory<byte> _recipients;

    private BulkJson(BulkBody head, ReadOnlyMemory<byte> recipients, int count) => (Head, _recipients, Count) = (head, recipients, count);

    /// <summary>Without the recipients.</summary>
    public BulkBody Head { get; }

    public int Count { get; }

    /// <exception cref="JsonException">It is no JSON, or not of this shape; the message names the place.</exception>
    public static BulkJson Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            throw new JsonException("请求不是 UTF-8 编码");
        Utf8JsonReader json = new(body.Span);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("请求应为一个 JSON 对象");
        var (head, recipients, count) = (new BulkBody(null, null, null, null, null, null), default(ReadOnlyMemory<byte>), 0);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            CheckText(ref json);
            var name = json.GetString();
            json.Read();
            if (name is "recipients")
                (recipients, count) = Recipients(ref json, body);
            else
                head = With(head, name, ref json);
        }

        if (json.Read())
            throw new JsonException("JSON 对象之后不能再有内容");
        return new(head, recipients, count);
    }

    public async IAsyncEnumerable<RequestedRow> RowsAsync()
    {
        await Task.CompletedTask;
        var (state, at) = (default(JsonReaderState), 0);
        SeenRows seen = new();
        for (var row = 1; Next(ref state, ref at, row) is { } read; row++)
            yield return seen.Once(read);
    }

    private RequestedRow? Next(ref JsonReaderState state, ref int at, int row)
    {
        if (_recipients.IsEmpty)
            return null;
        Utf8JsonReader json = new(_recipients.Span[at..], isFinalBlock: true, state);
        if (row == 1)
            json.Read();                                            // [
        if (!json.Read() || json.TokenType is JsonTokenType.EndArray)
            return null;
        var read = Row(ref json, row);
        (state, at) = (json.CurrentState, at + (int)json.BytesConsumed);
        return read;
    }

    private static RequestedRow Row(ref Utf8JsonReader json, int row)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return new(row, null, null, "应为 {\"openid\":…,\"data\":{…}}");
        }

        var (to, data, problem) = ((string?)null, (Dictionary<string, string>?)null, (string?)null);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (isTo, isData) = (json.ValueTextEquals("openid"u8), json.ValueTextEquals("data"u8));
            json.Read();
            if (isTo && json.TokenType is JsonTokenType.String)
                to = json.GetString();
            else if (isData && json.TokenType is JsonTokenType.StartObject)
                data = Data(ref json, ref problem);
            else if (isTo || isData)
                (problem, _) = (isTo ? "openid：应为文本" : "data：应为对象", json.TrySkip());
            else
                json.Skip();
        }

        return new(row, to, data, problem);
    }

    private static Dictionary<string, string> Data(ref Utf8JsonReader json, ref string? problem)
    {
        Dictionary<string, string> data = new(StringComparer.Ordinal);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType is JsonTokenType.String)
                data[name] = json.GetString()!;
            else
                (problem, _) = ($"{name}：应为文本", json.TrySkip());
        }

        return data;
    }

    private static (ReadOnlyMemory<byte>, int) Recipients(ref Utf8JsonReader json, ReadOnlyMemory<byte> body)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("recipients：应为列表");
        var (start, depth, count) = ((int)json.TokenStartIndex, json.CurrentDepth, 0);
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.CurrentDepth == depth + 1 && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                count++;
            CheckText(ref json);
        }

        return (body[start..(int)json.BytesConsumed], count);
    }

    // Half a surrogate pair is good JSON and no text.
    private static void CheckText(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !json.ValueIsEscaped)
            return;
        try
        {
            json.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("有文本不是合格的 Unicode", e);
        }
    }

    private static BulkBody With(BulkBody head, string? name, ref Utf8JsonReader json) => name switch
    {
        "template" => head with { Template = Text(name, ref json) },
        "url" => head with { Url = Text(name, ref json) },
        "reference" => head with { Reference = Text(name, ref json) },
        "scheduledAt" => head with { ScheduledAt = Text(name, ref json) },
        "expiresAt" => head with { ExpiresAt = Text(name, ref json) },
        _ => Passed(head, ref json),
    };

    private static BulkBody Passed(BulkBody head, ref Utf8JsonReader json)
    {
        json.Skip();
        return head;
    }

    private static string? Text(string name, ref Utf8JsonReader json)
    {
        CheckText(ref json);
        return json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Null => null,
            _ => throw new JsonException($"{name}：应为文本"),
        };
    }
}
