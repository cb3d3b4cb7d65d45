using System.Text.Json;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies.Import;

/// <summary>Reads a file of documents. All of it is right, or every row that is wrong is told; nothing is imported by halves.</summary>
public static class PolicyImport
{
    public const int MostRows = 20_000;

    /// <param name="json">An array of documents, or an object whose <c>guides</c> or <c>policies</c> is one.</param>
    public static async Task<PolicyFile> ReadJsonAsync(Stream json, CancellationToken ct)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }, ct);
        }
        catch (JsonException e)
        {
            return PolicyFile.Wrong($"这不是有效的 JSON 文件（第 {e.LineNumber + 1} 行附近）。");
        }

        using (document)
        {
            try
            {
                if (Rows(document.RootElement) is not { } rows)
                    return PolicyFile.Wrong("文件里没有文档列表：应为一个数组，或含有 guides、policies 数组的对象。");
                if (rows.GetArrayLength() > MostRows)
                    return PolicyFile.Wrong($"一次最多导入 {MostRows} 条。");
                return Read(rows);
            }
            catch (InvalidOperationException)
            {
                // The parser looks at the bytes of a text only when it is read.
                return PolicyFile.Wrong("文件里有无法识别的字符，请另存为 UTF-8 编码后再导入。");
            }
        }
    }

    private static JsonElement? Rows(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Array)
            return root;
        if (root.ValueKind is not JsonValueKind.Object)
            return null;
        foreach (var name in (string[])["guides", "policies"])
        {
            if (root.TryGetProperty(name, out var rows) && rows.ValueKind is JsonValueKind.Array)
                return rows;
        }

        return null;
    }

    private static PolicyFile Read(JsonElement rows)
    {
        List<Policy> policies = [];
        List<RowError> errors = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        var number = 0;
        foreach (var row in rows.EnumerateArray())
        {
            number++;
            var fields = new PolicyRow(row);
            var policy = fields.Read();
            if (policy is not null && !ids.Add(policy.Id))
                fields.Wrong("id", $"编号 {policy.Id} 在文件中重复");
            errors.AddRange(fields.Errors.Select(e => e with { Row = number }));
            if (policy is not null && fields.Errors.Count == 0)
                policies.Add(policy);
        }

        return new(errors.Count == 0 ? policies : [], errors, null);
    }
}

/// <param name="Fault">Why it is not a file of documents at all; null when it is.</param>
public sealed record PolicyFile(IReadOnlyList<Policy> Policies, IReadOnlyList<RowError> Errors, string? Fault)
{
    public static PolicyFile Wrong(string why) => new([], [], why);
}

/// <param name="Row">From 1.</param>
public sealed record RowError(int Row, string Field, string Reason);
