using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Policies;
using CsvHelper;
using MiniExcelLibs;

namespace Bot.Handlers.Policies.Import;

/// <summary>Writes documents so that <see cref="PolicyImport"/> reads the same again.</summary>
public static class PolicyExport
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(PolicyFormat format, IReadOnlyCollection<Policy> policies, Stream to, CancellationToken ct)
    {
        switch (format)
        {
            case PolicyFormat.Json:
                await JsonSerializer.SerializeAsync(to, new { policies = policies.Select(Filled) }, s_json, ct);
                break;
            case PolicyFormat.Csv:
                await WriteCsvAsync(policies, to, ct);
                break;
            case PolicyFormat.Xlsx:
                await MiniExcel.SaveAsAsync(to, policies.Select(Cells), excelType: ExcelType.XLSX, sheetName: "政策", cancellationToken: ct);
                break;
            case PolicyFormat.Html:
                await using (var page = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true))
                    await page.WriteAsync(Page(policies).AsMemory(), ct);
                break;
        }
    }

    /// <summary>By a file's name; null for one that cannot be written.</summary>
    public static PolicyFormat? FormatOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JSON" => PolicyFormat.Json,
        ".CSV" => PolicyFormat.Csv,
        ".XLSX" => PolicyFormat.Xlsx,
        ".HTML" or ".HTM" => PolicyFormat.Html,
        _ => null,
    };

    private static async Task WriteCsvAsync(IEnumerable<Policy> policies, Stream to, CancellationToken ct)
    {
        // With a mark, without which Excel takes it for the system's old code page.
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, TableFile.Csv, leaveOpen: true);
        foreach (var (_, heading) in PolicyFields.All)
            csv.WriteField(heading);
        await csv.NextRecordAsync();
        foreach (var policy in policies)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var (name, _) in PolicyFields.All)
                csv.WriteField(Cell(policy, name));
            await csv.NextRecordAsync();
        }
    }

    private static string Page(IEnumerable<Policy> policies)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>政策</title></head><body><table border=\"1\">\n<tr>");
        foreach (var (_, heading) in PolicyFields.All)
            page.Append("<th>").Append(heading).Append("</th>");
        page.Append("</tr>\n");
        foreach (var policy in policies)
        {
            page.Append("<tr>");
            foreach (var (name, _) in PolicyFields.All)
                page.Append("<td>").Append(WebUtility.HtmlEncode(Cell(policy, name)).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</td>");
            page.Append("</tr>\n");
        }

        return page.Append("</table></body></html>\n").ToString();
    }

    // As a spreadsheet holds them: lists are lines of one cell.
    private static Dictionary<string, object?> Cells(Policy policy) => PolicyFields.All.ToDictionary(f => f.Heading, object? (f) => Cell(policy, f.Name));

    private static Dictionary<string, object> Filled(Policy policy) => PolicyFields.All.Select(f => (f.Name, Value: Value(policy, f.Name)))
        .Where(f => f.Value is not "" and not IReadOnlyList<string> { Count: 0 }).ToDictionary(f => f.Name, f => f.Value);

    private static string Cell(Policy policy, string name) => Value(policy, name) is IReadOnlyList<string> list ? PolicyFields.Cell(list) : (string)Value(policy, name);

    private static object Value(Policy p, string name) => name switch
    {
        "id" => p.Id,
        "type" => PolicyNames.Of(p.Type),
        "title" => p.Title,
        "doc" => p.DocumentNumber,
        "issuer" => p.Issuer,
        "category" => p.Category,
        "written_on" => Day(p.WrittenOn),
        "published_on" => Day(p.PublishedOn),
        "effective_on" => Day(p.EffectiveOn),
        "lapses_on" => Day(p.LapsesOn),
        "status" => PolicyNames.Of(p.Status),
        "successor" => p.SuccessorId,
        "explains" => p.Explains,
        "summary" => p.Summary,
        "who" => p.Who,
        "conditions" => p.Conditions,
        "materials" => p.Materials,
        "steps" => p.Steps,
        "where" => p.Place,
        "fee" => p.Fee,
        "time_limit" => p.TimeLimit,
        "legal_basis" => p.LegalBasis,
        "body" => p.BodyHtml.Length > 0 ? "" : p.Body,
        "html" => p.BodyHtml,
        "aliases" => p.Aliases,
        "source" => p.Origin,
        "note" => p.Note,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

public enum PolicyFormat { Json, Csv, Xlsx, Html }
