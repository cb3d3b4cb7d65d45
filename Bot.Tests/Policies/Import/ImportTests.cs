using System.IO.Compression;
using System.Text;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;
using NUnit.Framework;

namespace Bot.Tests.Policies.Import;

public sealed class ImportTests
{
    private static readonly Policy s_whole = new()
    {
        Id = "G-1_a", Type = PolicyType.Explanation, Title = "标题,\"引号\"", DocumentNumber = "滨政发〔2026〕1号", Issuer = "市政府", Category = "综合",
        WrittenOn = new(2026, 1, 2), PublishedOn = new(2026, 1, 3), EffectiveOn = new(2026, 1, 4), LapsesOn = new(2027, 1, 4), Status = PolicyStatus.Amended,
        SuccessorId = "G2", Explains = "P9", Summary = "要点", Body = "第一段\n第二段 <b>", Who = "对象", Conditions = "条件", Materials = ["身份证；原件", "照片"], Steps = ["一；二"],
        Place = "地点", Fee = "不收费", TimeLimit = "5个工作日", LegalBasis = ["依据"], Aliases = ["暂住证"], Origin = "来源", Note = "提示",
    };

    private static readonly Policy s_rich = new()
    {
        Id = "G2", Type = PolicyType.Policy, Title = "办法", Issuer = "市政府", Category = "综合", BodyHtml = "<h2>第一条</h2><p>内容</p>", Body = "第一条\n内容",
    };

    [Test]
    public async Task What_is_exported_is_read_as_the_same([Values] PolicyFormat format)
    {
        using MemoryStream file = new();
        await PolicyExport.WriteAsync(format, [s_whole, s_rich], file, default);
        var read = PolicyImport.Read(file.ToArray());
        Assert.That((read.Fault, string.Join('\n', read.Errors)), Is.EqualTo(((string?)null, "")));
        foreach (var (one, other) in read.Policies.Zip([s_whole, s_rich]))
        {
            foreach (var property in typeof(Policy).GetProperties())
                Assert.That(property.GetValue(one), Is.EqualTo(property.GetValue(other)), $"{format} {property.Name}");
        }

        Assert.That(read.Policies, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task No_spreadsheet_takes_words_for_a_formula_and_they_come_back_as_they_were()
    {
        using MemoryStream file = new();
        await PolicyExport.WriteAsync(PolicyFormat.Csv, [s_whole with { Note = "=cmd|' /C calc'!A0", Aliases = ["-暂住证"] }], file, default);
        Assert.That(Encoding.UTF8.GetString(file.ToArray()), Does.Contain("'=cmd|").And.Contain("'-暂住证"));
        var read = PolicyImport.Read(file.ToArray()).Policies.Single();
        Assert.That((read.Note, read.Aliases.Single()), Is.EqualTo(("=cmd|' /C calc'!A0", "-暂住证")));
    }

    [Test]
    public void Every_wrong_row_is_told_and_nothing_is_taken()
    {
        var read = PolicyImport.Read(Encoding.UTF8.GetBytes(
            """
            编号,标题,发布机构,主题分类,类型,生效日期,失效日期,替代文件
            G1,好的,市政府,综合,办事指南,2026年1月2日,,
            G 2,,市政府,综合,随便,明天,,

            G3,好的,市政府,综合,政策文件,2026/3/1,2026-02-01,G3
            G1,重复,市政府,综合,,,,
            G5,好的,市政府,综合,,0202-01-01,,
            """));
        Assert.That(read.Policies, Is.Empty);
        Assert.That(read.Errors.Select(e => (e.Row, e.Field)), Is.EquivalentTo(
            [(3, "id"), (3, "title"), (3, "type"), (3, "effective_on"), (5, "lapses_on"), (5, "successor"), (6, "id"), (7, "effective_on")]));
    }

    [Test]
    public void Reads_what_Excel_saves_on_a_Chinese_Windows()
    {
        var read = PolicyImport.Read(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("编号\t标题\t发布机构\t主题分类\t所需材料\nG1\t居住证\t公安局\t户籍\t身份证；照片\n"));
        Assert.That((read.Policies.Single().Title, read.Policies.Single().Materials), Is.EqualTo(("居住证", new[] { "身份证", "照片" })));
    }

    [Test]
    public void Reads_the_page_of_a_government_site_by_its_meta_elements()
    {
        var read = PolicyImport.Read(Encoding.UTF8.GetBytes(
            """
            <html><head><meta name="ArticleTitle" content="租房补贴办法"><meta name="PubDate" content="2026-11-01 09:00"><meta name="ContentSource" content="市住建局">
            <meta name="ColumnName" content="住房保障"></head><body><h1>租房补贴办法</h1><script>alert(1)</script><p onclick="x()">每月<b>五百</b>元。</p>
            <p><a href="javascript:alert(2)">详情</a><img src=x onerror=alert(3)></p></body></html>
            """));
        var policy = read.Policies.Single();
        Assert.That((policy.Title, policy.Issuer, policy.Category, policy.PublishedOn, policy.Type), Is.EqualTo(("租房补贴办法", "市住建局", "住房保障", new DateOnly(2026, 11, 1), PolicyType.Policy)));
        Assert.That(policy.BodyHtml, Is.EqualTo("<p>每月<strong>五百</strong>元。</p> <p>详情</p>"));
        Assert.That(policy.Body, Is.EqualTo("每月五百元。\n详情"));
    }

    [TestCase("", "文件是空的")]
    [TestCase("  \n ", "文件是空的")]
    [TestCase("随便写的一段话，没有表头", "这不是政策表格")]
    [TestCase("{\"a\":1}", "没有文档列表")]
    [TestCase("[{", "不是有效的 JSON")]
    [TestCase("[]", "没有一条内容")]
    [TestCase("编号,标题,发布机构\nG1,a,b\n", "缺少这些列：主题分类")]
    [TestCase("编号,标题,发布机构,主题分类,电话\nG1,a,b,c,d\n", "不认识这些列：电话")]
    [TestCase("编号,标题,标题,发布机构,主题分类\n", "列重复")]
    [TestCase("<p>没有标题的网页</p>", "网页里没有找到内容")]
    [TestCase("编号,标题,发布机构,主题分类\n", "没有一条内容")]
    public void A_file_of_the_wrong_kind_says_so_in_one_sentence(string file, string words) =>
        Assert.That(PolicyImport.Read(Encoding.UTF8.GetBytes(file)).Fault, Does.Contain(words).And.EndWith("。"));

    [Test]
    public void So_does_one_that_is_no_text_at_all()
    {
        Assert.That(PolicyImport.Read((byte[])[0x89, 0x50, 0, 1, 2]).Fault, Does.Contain("请选择 JSON、CSV、XLSX 或 HTML"));
        Assert.That(PolicyImport.Read("PK\x03\x04 and nothing behind"u8.ToArray()).Fault, Does.Contain("已损坏"));
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("word/document.xml");
        Assert.That(PolicyImport.Read(packed.ToArray()).Fault, Does.Contain("这不是 Excel 工作簿"));
    }

    [Test]
    public void Thousands_of_rows_are_read()
    {
        var csv = new StringBuilder("编号,标题,发布机构,主题分类,正文\n");
        for (var n = 0; n < 5000; n++)
            csv.Append('G').Append(n).Append(",题,局,类,").Append('文', 200).Append('\n');
        Assert.That(PolicyImport.Read(Encoding.UTF8.GetBytes(csv.ToString())).Policies, Has.Count.EqualTo(5000));
    }
}
