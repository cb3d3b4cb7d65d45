using System.Text;
using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using MiniExcelLibs;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Tables as offices have them, good and bad.</summary>
public sealed class RecipientFileTests
{
    private const string Good = "openid,thing1,phrase2,time3\noA,居住证办理,审核通过,2026年11月23日 10:00\noB,社保卡,已办结,10:30\n";

    private static readonly TemplateVersion s_template = new(1, 1, BenchTemplate.Info.Title, BenchTemplate.Info.Content, "", "");

    private static IEnumerable<TestCaseData> Readable()
    {
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Good)).SetArgDisplayNames("UTF-8");
        yield return new TestCaseData(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Good)).ToArray()).SetArgDisplayNames("BOM");
        yield return new TestCaseData(Gbk(Good)).SetArgDisplayNames("GBK");
        yield return new TestCaseData(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).ToArray()).SetArgDisplayNames("UTF-16");
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Good.Replace(',', ';'))).SetArgDisplayNames("semicolons");
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Good.Replace(',', '\t'))).SetArgDisplayNames("tabs");
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Good.Replace("\n", "\r\n"))).SetArgDisplayNames("CRLF");
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Good + "\n,,,\n")).SetArgDisplayNames("empty rows");
        yield return new TestCaseData(Workbook("oA", "oB")).SetArgDisplayNames("XLSX");
    }

    [TestCaseSource(nameof(Readable))]
    public async Task Reads(byte[] file)
    {
        var read = await RecipientFile.OpenAsync(file, default);
        Assert.That(read.ColumnProblems(s_template), Is.Empty);
        var rows = await RowsAsync(read);
        Assert.That(rows.Select(r => (r.Row, r.To, r.Problem)), Is.EqualTo([(1, "oA", null), (2, "oB", (string?)null)]));
        Assert.That(rows[0].Data!["thing1"], Is.EqualTo("居住证办理"));
        Assert.That(rows.Select(r => NoticeFields.Check(s_template, r.Data!).Problem), Is.All.Null);
    }

    [Test]
    public void A_workbook_that_cannot_be_opened_says_so()
    {
        var torn = Workbook("oA", "oB")[..200];
        Assert.That(async () => await RecipientFile.OpenAsync(torn, default), Throws.InstanceOf<InvalidDataException>().With.Message.StartWith("这不是能读取的 XLSX 文件"));
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        Assert.That(async () => await RecipientFile.OpenAsync(old, default), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("另存为 .xlsx 或 CSV"));
    }

    [TestCase("openid,thing1,phrase2\n", "缺少 time3 列")]
    [TestCase("thing1,phrase2,time3\n", "缺少 openid 列")]
    [TestCase("openid,thing1,phrase2,time3,姓名\n", "模板没有“姓名”这个字段")]
    [TestCase("openid,thing1,thing1,phrase2,time3\n", "“thing1”列重复")]
    public async Task Names_what_is_wrong_with_the_columns_before_any_row(string file, string problem) =>
        Assert.That((await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes(file), default)).ColumnProblems(s_template), Is.EqualTo([problem]));

    [TestCase("13800138000,a,好,10:00", "openid：填的是手机号或证件号，应填微信 openid")]
    [TestCase("11010119900307123X,a,好,10:00", "openid：填的是手机号或证件号，应填微信 openid")]
    [TestCase("张三,a,好,10:00", "openid：填的不是 openid，openid 只含字母、数字、- 和 _")]
    [TestCase("o A,a,好,10:00", "openid：填的不是 openid，openid 只含字母、数字、- 和 _")]
    [TestCase("oA,4.20123E+17,好,10:00", "thing1：“4.20123E+17”像是被 Excel 改成了科学计数法，请把该列设为文本后重新填写")]
    [TestCase("1.23457E+27,a,好,10:00", "openid：“1.23457E+27”像是被 Excel 改成了科学计数法，请把该列设为文本后重新填写")]
    [TestCase("oA,a,好,10:00,more", "有 5 列，表头只有 4 列")]
    [TestCase("oA , a,好,10:00", "与第 1 行重复")]
    public async Task Names_the_column_of_a_bad_row(string row, string problem)
    {
        var read = await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes($"openid,thing1,phrase2,time3\noA,a,好,10:00\n{row}\n"), default);
        Assert.That((await RowsAsync(read)).Select(r => (r.Row, r.Problem)), Is.EqualTo([(1, null), (2, (string?)problem)]));
    }

    [Test]
    public async Task An_openid_longer_than_any_is_told()
    {
        var read = await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes($"openid\n{new string('o', 129)}\n"), default);
        Assert.That((await RowsAsync(read)).Single().Problem, Is.EqualTo("openid：最多 128 个字符"));
    }

    [Test]
    public async Task A_field_that_is_too_long_is_told_by_its_name()
    {
        var read = await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes(Good.Replace("社保卡", new string('卡', 21))), default);
        Assert.That(NoticeFields.Check(s_template, (await RowsAsync(read))[1].Data!).Problem, Is.EqualTo("thing1：最多 20 个字，现有 21 个字"));
    }

    [Test]
    public async Task A_number_that_Excel_rounded_is_told_from_a_workbook_too()
    {
        // As Excel writes it, and as others do.
        var read = await RecipientFile.OpenAsync(Workbook("oA", 420123199003071234d, 12345678901234500L, 123456789012345L), default);
        var problems = (await RowsAsync(read)).Select(r => r.Problem).ToArray();
        Assert.That(problems[1], Does.StartWith("openid：“4.2012319900307").And.Contain("科学计数法"));
        Assert.That(problems[2], Does.StartWith("openid：“1.23456789012345E+16”").And.Contain("科学计数法"));
        Assert.That(problems[3], Does.Not.Contain("科学计数法"), "fifteen digits are all there");
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0 })]
    public void What_is_no_table_is_refused(byte[] file) =>
        Assert.That(async () => await RowsAsync(await RecipientFile.OpenAsync(file, default)), Throws.InstanceOf<InvalidDataException>());

    [TestCase("oB,\"重要,好\noC,b,好\n", TestName = "to the end of the file")]
    [TestCase("oB,\"重要,好\noC,\"b\",好\noD,c,好\n", TestName = "to the next quote, which was to open a cell")]
    [TestCase("oB,\"{0},好\n", TestName = "for longer than any cell")]
    public async Task A_quote_that_is_left_open_is_told_with_its_row_and_place(string rest)
    {
        // A row of two lines before it: rows and lines differ from there on.
        var file = $"openid,thing1,phrase2\r\noA,\"a\r\n\",好\r\n{rest.Replace("{0}", new string('长', 1 << 17))}";
        var read = await RecipientFile.OpenAsync(Gbk(file), default);
        Assert.That(async () => await RowsAsync(read), Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith("第 2 行第 2 列（文件第 4 行）的引号没有结束，从这里起无法读取"));
    }

    [TestCase("oA,\"重要\"通知,好\noB,b,好\n", "第 2 列：引号后面还有文字或空格，请去掉；内容里的引号要写成两个")]
    [TestCase("oA,\"重要,好\noX,通知\",好\noB,b,好\n", "第 2 列：引号从文件第 2 行开到第 3 行，内容不能换行；如果漏了引号，其间各行都没有读到")]
    public async Task A_cell_with_odd_quotes_is_told_and_others_go(string rows, string problem)
    {
        var read = await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes($"openid,thing1,phrase2\n{rows}"), default);
        Assert.That((await RowsAsync(read)).Select(r => (r.To, r.Problem)), Is.EqualTo([(null, problem), ("oB", (string?)null)]));
    }

    [Test]
    public async Task Quotes_that_pair_are_fine()
    {
        var read = await RecipientFile.OpenAsync(Encoding.UTF8.GetBytes("\"openid\",thing1\n\"oA\",\"他说\"\"好\"\"\"\noB,5\"管,\noC,\"\"\noD,\"\"\"\"\n"), default);
        Assert.That((await RowsAsync(read)).Select(r => (r.To, r.Data?["thing1"])), Is.EqualTo([("oA", "他说\"好\""), ("oB", "5\"管"), ("oC", ""), ("oD", "\"")]));
    }

    [Test]
    public void A_header_whose_quote_is_left_open_is_told() =>
        Assert.That(async () => await RecipientFile.OpenAsync("openid,\"thing1\noA,x\n"u8.ToArray(), default),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith("表头第 2 列（文件第 1 行）的引号没有结束"));

    private static byte[] Gbk(string text) => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);

    private static byte[] Workbook(params object[] openids)
    {
        using MemoryStream file = new();
        file.SaveAs(openids.Select(openid => new Dictionary<string, object>
        {
            ["openid"] = openid, ["thing1"] = "居住证办理", ["phrase2"] = "审核通过", ["time3"] = "10:30",
        }));
        return file.ToArray();
    }

    private static async Task<List<RequestedRow>> RowsAsync(RecipientFile file)
    {
        List<RequestedRow> rows = [];
        await foreach (var row in file.RowsAsync(default))
            rows.Add(row);
        return rows;
    }
}
