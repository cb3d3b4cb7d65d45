using System.Text.Json;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies.Import;

/// <summary>Reads a file of documents: JSON, CSV, XLSX or HTML. All of it is right, or every row that is wrong is told; nothing is imported by halves.</summary>
public static class PolicyImport
{
    public const int MostRows = 20_000;

    /// <summary>64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Tells the kind by the content, not by the name.</summary>
    public static PolicyFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes)
            return PolicyFile.Wrong($"文件超过 {MostBytes >> 20} MB，请分几次导入。");
        try
        {
            return FirstMark(file.Span) switch
            {
                null => PolicyFile.Wrong("文件是空的。"),
                _ when PolicySheet.IsWorkbook(file.Span) => FromTable(PolicySheet.Read(file)),
                _ when IsBinary(file.Span) => PolicyFile.Wrong("这不是能导入的文件，请选择 JSON、CSV、XLSX 或 HTML。"),
                '{' or '[' => FromJson(file),
                '<' => PolicyWebFile.Read(FileText.Decode(file.Span)),
                _ => FromTable(PolicySheet.Read(file)),
            };
        }
        catch (InvalidDataException e)
        {
            return PolicyFile.Wrong($"{e.Message}。");
        }
    }

    /// <param name="json">An array of documents, or an object whose <c>guides</c> or <c>policies</c> is one.</param>
    public static async Task<PolicyFile> ReadJsonAsync(Stream json, CancellationToken ct)
    {
        using MemoryStream whole = new();
        await json.CopyToAsync(whole, ct);
        return FromJson(whole.ToArray());
    }

    /// <summary>The first row names the columns, in Chinese or as in JSON.</summary>
    internal static PolicyFile FromTable(IEnumerable<IReadOnlyList<string>> rows)
    {
        string[]? columns = null;
        PolicyRows read = new();
        var number = 0;
        foreach (var row in rows)
        {
            number++;
            if (row.All(string.IsNullOrWhiteSpace))
                continue;
            if (columns is null)
            {
                var headings = row.Select(h => h.Trim()).ToList();
                while (headings is [.., ""])
                    headings.RemoveAt(headings.Count - 1);
                if (FaultOf(headings) is { } fault)
                    return PolicyFile.Wrong(fault);
                columns = [.. headings.Select(h => PolicyFields.NameOf(h) ?? "")];
                continue;
            }

            if (read.Count == MostRows)
                return PolicyFile.Wrong($"一次最多导入 {MostRows} 条。");
            read.Add(number, Record(columns, row));
        }

        return columns is null ? PolicyFile.Wrong("文件是空的。") : read.Done();
    }

    private static string? FaultOf(List<string> headings)
    {
        var names = headings.Select(h => (Heading: h, Name: PolicyFields.NameOf(h))).ToArray();
        if (!names.Any(n => n.Name is not null))
            return $"这不是政策表格：第一行应为列名，例如 {string.Join("、", PolicyFields.Required.Select(PolicyFields.HeadingOf))}。";
        if (names.Where(n => n.Name is null && n.Heading.Length > 0).Select(n => n.Heading).ToArray() is { Length: > 0 } unknown)
            return $"不认识这些列：{string.Join("、", unknown.Take(5).Select(h => h.Length <= 20 ? h : h[..20] + "…"))}。";
        if (names.Where(n => n.Name is not null).GroupBy(n => n.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"“{PolicyFields.HeadingOf(twice.Key!)}”列重复。";
        var missing = PolicyFields.Required.Where(r => names.All(n => n.Name != r)).Select(PolicyFields.HeadingOf).ToArray();
        return missing.Length > 0 ? $"缺少这些列：{string.Join("、", missing)}。" : null;
    }

    private static JsonElement Record(string[] columns, IReadOnlyList<string> cells)
    {
        Dictionary<string, object> record = new(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length && i < cells.Count; i++)
        {
            if (columns[i].Length > 0)
                record[columns[i]] = PolicyFields.IsList(columns[i]) ? PolicyFields.Items(cells[i]) : cells[i];
        }

        return JsonSerializer.SerializeToElement(record);
    }

    private static PolicyFile FromJson(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                json = json[3..];
            document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
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
                PolicyRows read = new();
                foreach (var (index, row) in rows.EnumerateArray().Index())
                    read.Add(index + 1, row);
                return read.Done();
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

    private static char? FirstMark(ReadOnlySpan<byte> file)
    {
        foreach (var b in file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file[3..] : file)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return (char)b;
        }

        return null;
    }

    private static bool IsBinary(ReadOnlySpan<byte> file) => !file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && file[..Math.Min(file.Length, 4096)].Contains((byte)0);
}

/// <param name="Fault">Why it is not a file of documents at all; null when it is.</param>
public sealed record PolicyFile(IReadOnlyList<Policy> Policies, IReadOnlyList<RowError> Errors, string? Fault)
{
    public static PolicyFile Wrong(string why) => new([], [], why);
}

/// <param name="Row">From 1; in a table as the sheet counts it, its headings included.</param>
public sealed record RowError(int Row, string Field, string Reason);
