using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Data.Policies;
using Bot.Handlers.Publishing;

namespace Bot.Handlers.Policies.Import;

/// <summary>One row of an import: reads its fields and collects what is wrong with them.</summary>
internal sealed partial class PolicyRow(JsonElement row)
{
    private static readonly string[] s_dates = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    public List<RowError> Errors { get; } = [];

    public void Wrong(string field, string reason) => Errors.Add(new(0, field, reason));

    public Policy? Read()
    {
        if (row.ValueKind is not JsonValueKind.Object)
        {
            Wrong("", "这一行不是一个对象");
            return null;
        }

        var id = Text("id", 32, required: true);
        if (id.Length > 0 && !IdPattern().IsMatch(id))
            Wrong("id", "编号只能含字母、数字、- 和 _");
        var body = ArticleHtml.Clean(Text("html", 400_000));
        var policy = new Policy
        {
            Id = id,
            Type = OneOf("type", PolicyType.Guide),
            Title = Text("title", 200, required: true),
            DocumentNumber = Text("doc", 100),
            Issuer = Text("issuer", 200, required: true),
            Category = Text("category", 40, required: true),
            WrittenOn = Date("written_on"),
            PublishedOn = Date("published_on"),
            EffectiveOn = Date("effective_on"),
            LapsesOn = Date("lapses_on"),
            Status = OneOf("status", PolicyStatus.InForce),
            SuccessorId = Text("successor", 32),
            Explains = Text("explains", 32),
            Summary = Text("summary", 2000),
            Body = body.Html.Length > 0 ? body.Words : Text("body", 200_000),
            BodyHtml = body.Html,
            Who = Text("who", 2000),
            Conditions = Text("conditions", 4000),
            Materials = List("materials"),
            Steps = List("steps"),
            Place = Text("where", 1000),
            Fee = Text("fee", 1000),
            TimeLimit = Text("time_limit", 1000),
            LegalBasis = List("legal_basis"),
            Aliases = List("aliases"),
            Origin = Text("source", 1000),
            Note = Text("note", 1000),
        };
        if (policy.LapsesOn < policy.EffectiveOn)
            Wrong("lapses_on", "失效日期早于生效日期");
        if (policy.SuccessorId.Length > 0 && policy.SuccessorId == policy.Id)
            Wrong("successor", "不能以自己为替代文件");
        if (policy.Explains.Length > 0 && policy.Explains == policy.Id)
            Wrong("explains", "不能解读自己");
        if (policy.Body.Length > 200_000)
            Wrong("html", "正文超过 200000 个字");
        return policy;
    }

    private string Text(string field, int longest, bool required = false)
    {
        var value = Value(field) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
            _ => Fault(field, "应为文字"),
        };
        if (required && value.Length == 0 && !Errors.Exists(e => e.Field == field))
            Wrong(field, "不能为空");
        if (value.Length > longest)
            Wrong(field, $"超过 {longest} 个字");
        if (value.Contains('\0'))
            Wrong(field, "含有无法保存的字符");
        return value;
    }

    private string[] List(string field)
    {
        var value = Value(field);
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return [];
        if (value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            Wrong(field, "应为文字的列表");
            return [];
        }

        string[] items = [.. value.EnumerateArray().Select(item => item.GetString()!.Trim()).Where(item => item.Length > 0)];
        if (items.Length > 100 || items.Any(item => item.Length > 1000 || item.Contains('\0')))
            Wrong(field, "最多 100 项，每项最多 1000 个字");
        return items;
    }

    private DateOnly? Date(string field)
    {
        var text = Text(field, 20);
        if (text.Length == 0)
            return null;
        var read = DateOnly.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        if (read && date.Year is >= Beijing.OldestDocument and <= Beijing.LastYear)
            return date;
        Wrong(field, read ? $"请核对年份：{Beijing.OldestDocument} 至 {Beijing.LastYear} 年" : "日期应写成 2026-11-22 这样");
        return null;
    }

    private T OneOf<T>(string field, T otherwise) where T : struct, Enum
    {
        var text = Text(field, 20);
        if (text.Length == 0)
            return otherwise;
        if (PolicyNames.Of<T>(text) is { } named)
            return named;
        if (!char.IsDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        Wrong(field, $"应为 {string.Join("、", PolicyNames.All<T>())} 之一");
        return otherwise;
    }

    private JsonElement Value(string field) => row.TryGetProperty(field, out var value) ? value : default;

    private string Fault(string field, string reason)
    {
        Wrong(field, reason);
        return "";
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex IdPattern();
}
