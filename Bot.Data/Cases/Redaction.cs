using System.Text.RegularExpressions;

namespace Bot.Data.Cases;

/// <summary>Finds people, numbers, plates and addresses in what may become public. A person checks what it left.</summary>
public static partial class Redaction
{
    private const int LongestTitle = 24;

    // The 130 most common; with a given name of one or two characters and what usually stands round a name.
    private const string Surnames =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳";

    public static string Of(string text)
    {
        var safe = Plate().Replace(text, "[车牌]");
        safe = Number().Replace(safe, "[号码]");
        safe = Address().Replace(safe, "[地址]");
        // Titles first: of 李强先生 a name alone would leave 生.
        safe = Titled().Replace(safe, static m => $"某{m.Groups[1].Value}");
        return Called().Replace(safe, static m => $"{m.Groups[1].Value}[姓名]");
    }

    /// <summary>The beginning of a story, redacted, as a heading.</summary>
    public static string Title(string story)
    {
        var safe = Of(story).ReplaceLineEndings(" ");
        return safe.Length <= LongestTitle ? safe : $"{safe.AsSpan(0, LongestTitle)}…";
    }

    // A plate with its province; new-energy plates are one longer.
    [GeneratedRegex(@"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}", RegexOptions.None, 1000)]
    private static partial Regex Plate();

    // Telephones, identity cards, bank cards, accounts: six digits and more, masked ones too. Dates of eight digits go with them.
    [GeneratedRegex(@"[0-9*][0-9*Xx -]{4,}[0-9*Xx]|1[3-9]\d{9}", RegexOptions.None, 1000)]
    private static partial Regex Number();

    // From the number of a house on, and what names flat, stair or room.
    [GeneratedRegex(@"[0-9一二三四五六七八九十百]+(?:号楼|号院|号|栋|幢|单元|弄|室|户)(?:[0-9一二三四五六七八九十百-]+(?:号楼|栋|幢|单元|层|楼|室|户|号)?)*", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex($"(我叫|名叫|我是|姓名[:：是]?|联系人[:：是]?|叫做)[{Surnames}][\\u4e00-\\u9fa5]{{1,2}}", RegexOptions.None, 1000)]
    private static partial Regex Called();

    [GeneratedRegex($"[{Surnames}](?:[\\u4e00-\\u9fa5]{{0,2}}?)(先生|女士|小姐|师傅|老板|经理|主任|科长|局长|医生|老师|大爷|大妈|阿姨)", RegexOptions.None, 1000)]
    private static partial Regex Titled();
}
