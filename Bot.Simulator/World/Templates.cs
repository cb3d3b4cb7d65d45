using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Bot.Simulator.World;

/// <summary>The account's message templates and the library that more can be taken from. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed partial class Templates
{
    private readonly SimulatorOptions _options;
    private readonly List<Template> _own;

    public Templates(SimulatorOptions options)
    {
        _options = options;
        _own = [.. Library.Take(13).Select(Made)];
    }

    public IReadOnlyList<Template> All => _own;

    /// <summary>What 类目模板库 offers to a government account, by number.</summary>
    public static IReadOnlyList<LibraryTemplate> Library { get; } =
    [
        new("43101", "业务办理进度提醒", "申请事项:{{thing1.DATA}}\n办理进度:{{phrase2.DATA}}\n更新时间:{{time3.DATA}}\n受理编号:{{character_string4.DATA}}"),
        new("43102", "预约成功通知", "预约事项:{{thing1.DATA}}\n预约时间:{{time2.DATA}}\n办理地点:{{thing3.DATA}}\n取号编号:{{character_string4.DATA}}"),
        new("43103", "预约取消通知", "预约事项:{{thing1.DATA}}\n原定时间:{{time2.DATA}}\n取消原因:{{thing3.DATA}}"),
        new("43104", "预约提醒", "预约事项:{{thing1.DATA}}\n预约时间:{{time2.DATA}}\n办理地点:{{thing3.DATA}}\n温馨提示:{{thing4.DATA}}"),
        new("43105", "工单受理通知", "工单编号:{{character_string1.DATA}}\n诉求类型:{{thing2.DATA}}\n受理单位:{{thing3.DATA}}\n答复期限:{{time4.DATA}}"),
        new("43106", "工单答复通知", "工单编号:{{character_string1.DATA}}\n办理单位:{{thing2.DATA}}\n办理结果:{{thing3.DATA}}\n答复时间:{{time4.DATA}}"),
        new("43107", "政策更新提醒", "政策名称:{{thing1.DATA}}\n发布机构:{{thing2.DATA}}\n变更内容:{{thing3.DATA}}\n发布日期:{{date4.DATA}}"),
        new("43108", "排队叫号提醒", "办理事项:{{thing1.DATA}}\n排队号码:{{character_string2.DATA}}\n前面等候:{{number3.DATA}}\n办理窗口:{{thing4.DATA}}"),
        new("43109", "服务评价邀请", "办理事项:{{thing1.DATA}}\n办结时间:{{time2.DATA}}\n温馨提示:{{thing3.DATA}}"),
        new("43110", "证件到期提醒", "证件名称:{{thing1.DATA}}\n到期日期:{{date2.DATA}}\n温馨提示:{{thing3.DATA}}"),
        new("43111", "停办公告通知", "公告事项:{{thing1.DATA}}\n影响时间:{{time2.DATA}}\n影响范围:{{thing3.DATA}}\n咨询电话:{{phone_number4.DATA}}"),
        new("43112", "缴费成功通知", "缴费项目:{{thing1.DATA}}\n缴费金额:{{amount2.DATA}}\n缴费时间:{{time3.DATA}}\n缴费人:{{name4.DATA}}"),
        new("43113", "候补名额通知", "预约事项:{{thing1.DATA}}\n可约时间:{{time2.DATA}}\n保留至:{{time3.DATA}}\n温馨提示:{{thing4.DATA}}"),
        new("43114", "车辆年检提醒", "车牌号码:{{car_number1.DATA}}\n到期日期:{{date2.DATA}}\n温馨提示:{{thing3.DATA}}"),
    ];

    public Template? Find(string? id) => _own.Find(t => t.Id == id);

    /// <summary>Null when the account holds as many as it may.</summary>
    public Template? Take(LibraryTemplate from) => Add(Made(from));

    public Template? Add(string title, string content) => Add(Make(title, content));

    public bool Remove(string id) => _own.RemoveAll(t => t.Id == id) > 0;

    private Template? Add(Template template)
    {
        if (Find(template.Id) is { } known)
            return known;
        if (_own.Count >= _options.Limits.Templates)
            return null;
        _own.Add(template);
        return template;
    }

    private Template Made(LibraryTemplate from) => Make(from.Title, from.Content);

    // The id follows from the words, so that it is the same in every run.
    private Template Make(string title, string content)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_options.AppId}\n{title}\n{content}"));
        var id = Convert.ToBase64String(hash)[..43].Replace('+', '-').Replace('/', '_');
        return new Template(id, title, content, [.. FieldPattern().Matches(content).Select(m => new TemplateField(m.Groups[1].Value.Trim(), m.Groups[2].Value))]);
    }

    [GeneratedRegex(@"([^\n:：]*)[:：]?\s*\{\{(\w+)\.DATA\}\}")]
    private static partial Regex FieldPattern();
}

internal sealed record LibraryTemplate(string Number, string Title, string Content);

internal sealed record Template(string Id, string Title, string Content, IReadOnlyList<TemplateField> Fields)
{
    /// <summary>The content with an example in every field.</summary>
    public string Example => Fields.Aggregate(Content, (text, f) => text.Replace($"{{{{{f.Name}.DATA}}}}", f.Sample, StringComparison.Ordinal));

    /// <summary>A 历史模板 with <c>first</c>, <c>keywordN</c>, <c>remark</c>: nothing is refused, much is dropped.</summary>
    public bool IsLegacy => Fields.Any(f => f.Name.StartsWith("keyword", StringComparison.Ordinal));
}

/// <param name="Name">Type and number, such as <c>thing1</c>.</param>
internal sealed record TemplateField(string Label, string Name)
{
    public string Sample => Name.TrimEnd("0123456789".ToCharArray()) switch
    {
        "phrase" => "审核通过",
        "time" => "2025年1月1日 10:00",
        "date" => "2025年1月1日",
        "character_string" => "GD20250101001",
        "number" => "3",
        "amount" => "12.50元",
        "phone_number" => "0411-12345",
        "car_number" => "粤A12345",
        "name" => "李明",
        _ => Label.Length > 0 ? Label : "居住证办理",
    };
}
