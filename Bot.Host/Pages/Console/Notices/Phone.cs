using Bot.Data.Notices;
using Bot.WeChat.Api;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>A notice as the citizen's phone shows it.</summary>
public sealed record Phone(TemplateVersion Template, IReadOnlyDictionary<string, string> Data, string? Url);

/// <summary>Fields of a template as a clerk reads them.</summary>
public static class NoticeFieldWords
{
    public static string Rule(TemplateField field) => field.Type switch
    {
        TemplateFieldType.Thing => "最多 20 个字",
        TemplateFieldType.ShortThing => "最多 10 个字",
        TemplateFieldType.Number => "只能填数字，可有小数，最多 32 位",
        TemplateFieldType.Letter => "只能填字母，最多 32 个",
        TemplateFieldType.Symbol => "只能填符号，最多 5 个",
        TemplateFieldType.CharacterString => "只能填数字、字母和符号，最多 32 个，不能有汉字",
        TemplateFieldType.Time => "时间，可带日期，如 2026年11月28日 10:00；范围用 ~ 连接",
        TemplateFieldType.Date => "日期，可带时间，如 2026年11月28日",
        TemplateFieldType.Amount => "金额，如 12.50元",
        TemplateFieldType.PhoneNumber => "电话号码，最多 17 个数字和符号",
        TemplateFieldType.CarNumber => "车牌号码，最多 8 个字",
        TemplateFieldType.Name => "姓名，最多 10 个汉字或 20 个字母",
        TemplateFieldType.Phrase => "最多 5 个汉字，不能有其他字符",
        TemplateFieldType.Enum or TemplateFieldType.Const => "只能填模板规定的内容",
        TemplateFieldType.Keyword => "最多 20 个字，不能换行",
        TemplateFieldType.Unknown => "按微信公众平台的说明填写",
    };
}
