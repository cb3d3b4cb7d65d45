using Bot.WeChat.Api;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class TemplateFieldTests
{
    [TestCase("thing1", "居住证办理")]
    [TestCase("thing1", "一二三四五六七八九十一二三四五六七八九十")]
    [TestCase("thing1", "𠮷野")]
    [TestCase("short_thing2", "审核通过")]
    [TestCase("number3", "128")]
    [TestCase("number3", "12.50")]
    [TestCase("letter4", "Abc")]
    [TestCase("symbol5", "★★-+")]
    [TestCase("character_string6", "GD20250101001-(2)")]
    [TestCase("time7", "15:01")]
    [TestCase("time7", "2019年10月1日 15:01")]
    [TestCase("time7", "2023-05-08 14:14:25")]
    [TestCase("time7", "2024-07-12")]
    [TestCase("time7", "2019年10月1日 09:00~11:30")]
    [TestCase("date8", "2019年10月1日")]
    [TestCase("date8", "2024/2/29 08:30")]
    [TestCase("date8", "2019年10月1日~2019年10月3日")]
    [TestCase("amount9", "￥100.50元")]
    [TestCase("amount9", "100元")]
    [TestCase("phone_number10", "+86-0766-66888866")]
    [TestCase("car_number11", "粤A8Z888挂")]
    [TestCase("car_number11", "粤AD12345")]
    [TestCase("name12", "张三")]
    [TestCase("name12", "John A. Smith-Jones")]
    [TestCase("name12", "买买提·艾力")]
    [TestCase("phrase13", "审核通过")]
    [TestCase("enum14", "已办结")]
    [TestCase("const15", "业务办理")]
    [TestCase("keyword1", "居住证办理")]
    [TestCase("hologram1", "随便什么都可以")]
    public void Takes(string field, string value) =>
        Assert.That(TemplateField.Named(field).Check(value), Is.Null);

    [TestCase("thing1", "")]
    [TestCase("thing1", "  ")]
    [TestCase("thing1", "①")]
    [TestCase("thing1", "——")]
    [TestCase("thing1", "第一行\n第二行")]
    [TestCase("thing1", "一二三四五六七八九十一二三四五六七八九十一")]
    [TestCase("number3", "12a")]
    [TestCase("number3", "１２")]
    [TestCase("number3", "123456789012345678901234567890123")]
    [TestCase("letter4", "字母")]
    [TestCase("symbol5", "abc")]
    [TestCase("symbol5", "******")]
    [TestCase("character_string6", "编号1")]
    [TestCase("time7", "明天下午")]
    [TestCase("time7", "25:00")]
    [TestCase("time7", "2023年2月29日")]
    [TestCase("time7", "1:00~2:00~3:00")]
    [TestCase("date8", "15:01")]
    [TestCase("date8", "2024-13-01")]
    [TestCase("date8", "2024-06-01~明天")]
    [TestCase("amount9", "￥￥1")]
    [TestCase("amount9", "12345678901")]
    [TestCase("phone_number10", "123456789012345678")]
    [TestCase("phone_number10", "电话")]
    [TestCase("car_number11", "粤粤12345")]
    [TestCase("name12", "一二三四五六七八九十一")]
    [TestCase("name12", "张3")]
    [TestCase("phrase13", "审核通过了吗")]
    [TestCase("phrase13", "OK")]
    [TestCase("const15", "")]
    public void Refuses_and_names_the_field(string field, string value) =>
        Assert.That(TemplateField.Named(field).Check(value), Does.StartWith(field + "："));

    [TestCase("thing1", "  您的申请\r\n已受理😀  ", "您的申请 已受理")]
    [TestCase("thing1", "", "无")]
    [TestCase("thing1", "😀👨‍👩‍👧🇨🇳", "无")]
    [TestCase("thing1", "一二三四五六七八九十一二三四五六七八九十一二", "一二三四五六七八九十一二三四五六七八九…")]
    [TestCase("thing1", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷…")]
    [TestCase("thing1", "……", "无")]
    [TestCase("phrase13", "审核 通过！", "审核通过")]
    [TestCase("phrase13", "——", "无")]
    [TestCase("number3", "１２．５", "12.5")]
    [TestCase("character_string6", "ＧＤ２０２５", "GD2025")]
    [TestCase("time7", "2025年1月1日　10：00", "2025年1月1日 10:00")]
    [TestCase("amount9", "￥１００", "¥100")]
    public void Makes_a_value_fit(string field, string value, string expected) =>
        Assert.That(TemplateField.Named(field).Fit(value), Is.EqualTo(new FittedValue(expected, null)));

    [TestCase("number3", "12a")]
    [TestCase("phrase13", "审核没有通过")]
    [TestCase("car_number11", "粤A88888888")]
    public void Does_not_cut_what_would_then_mean_something_else(string field, string value) =>
        Assert.That(TemplateField.Named(field).Fit(value), Has.Property(nameof(FittedValue.Value)).EqualTo(value).And.Property(nameof(FittedValue.Problem)).StartsWith(field));

    [Test]
    public void Reads_the_fields_of_a_template_in_order() =>
        Assert.That(
            TemplateField.AllOf("{{first.DATA}}\n申请事项:{{thing1.DATA}}\n受理编号:{{character_string4.DATA}}\n再说一遍:{{ thing1.DATA }}"),
            Is.EqualTo(new TemplateField[]
            {
                new("first", TemplateFieldType.Unknown), new("thing1", TemplateFieldType.Thing), new("character_string4", TemplateFieldType.CharacterString),
            }));
}
