using Bot.Data.Policies;
using Bot.Handlers.Policies;
using NUnit.Framework;

namespace Bot.Tests.Policies;

public sealed class AttachmentTypesTests
{
    [TestCase("申请表.pdf", "%PDF-1.7", "application/pdf", "申请表.pdf")]
    [TestCase("C:\\桌面\\表 (1).PDF", "%PDF-1.7", "application/pdf", "表 (1).PDF")]
    [TestCase("../../etc/表\r\n\".docx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "表.docx")]
    public void Takes_what_offices_publish_under_a_plain_name(string name, string begins, string type, string kept) =>
        Assert.That(AttachmentTypes.Check(name, System.Text.Encoding.Latin1.GetBytes(begins)), Is.EqualTo((type, kept, (string?)null)));

    [TestCase("页面.html", "<html>", "不能上传这种文件")]
    [TestCase("程序.exe", "MZ", "不能上传这种文件")]
    [TestCase("图.svg", "<svg", "不能上传这种文件")]
    [TestCase("没有扩展名", "%PDF-", "不能上传这种文件")]
    [TestCase("假的.pdf", "<html>", "与扩展名 .pdf 不符")]
    [TestCase("空.pdf", "", "文件是空的")]
    public void Refuses_what_runs_or_is_not_what_it_says(string name, string begins, string words) =>
        Assert.That(AttachmentTypes.Check(name, System.Text.Encoding.Latin1.GetBytes(begins)).Fault, Does.Contain(words));

    [Test]
    public void A_name_that_is_too_long_is_cut_whatever_its_ending()
    {
        Assert.That(AttachmentTypes.Check(new string('长', 200) + ".pdf", "%PDF-1.7"u8).Name, Is.EqualTo(new string('长', 96) + ".pdf"));
        Assert.That(AttachmentTypes.Check("表." + new string('x', 250), "%PDF-1.7"u8), Is.EqualTo(("", "表." + new string('x', 98), AttachmentTypes.Check("没有", []).Fault)));
    }

    [Test]
    public void Refuses_what_is_too_large() =>
        Assert.That(AttachmentTypes.Check("大.pdf", new byte[IAttachments.MostBytes + 1]).Fault, Does.Contain("超过 20 MB"));

    [Test]
    public void Refuses_earlier_what_articles_keep() =>
        Assert.That(AttachmentTypes.Check("大.pdf", new byte[1025], most: 1024).Fault, Does.Contain("文件超过"));
}
