using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies.Search;

public sealed class DocumentNumberTests
{
    private static readonly PolicyIndex Index = PolicyIndex.Build(
        [
            new("state", "国务院关于稳增长的意见", [], "各省：为稳增长，提出以下意见。", DocumentType.Policy) { Number = "国发〔2020〕5号" },
            new("office", "国务院办公厅关于稳就业的意见", [], "为稳就业，提出以下意见。", DocumentType.Policy) { Number = "国办发〔2020〕5号" },
            new("order", "居住证暂行条例", [], "为了促进新型城镇化，制定本条例。", DocumentType.Policy) { Number = "国务院令第663号" },
            new("citing", "居住证办理指南", [], "依据：《居住证暂行条例》（国务院令第663号）。", DocumentType.Guide),
            new("other", "居住证常见问答", ["国务院常见问答"], "居住证的条例和国务院的意见。", DocumentType.Guide),
        ],
        Synonyms.None);

    [TestCase("国发〔2020〕5号", "state")]
    [TestCase("国发[2020]5号", "state")]
    [TestCase("国发（2020）5号", "state")]
    [TestCase("国发(2020)5", "state")]
    [TestCase("国发【2020】 5 号", "state")]
    [TestCase("国发［２０２０］５号", "state")]
    [TestCase("國發〔2020〕5號", "state")]
    [TestCase("国发 2020 5号", "state")]
    [TestCase("国发2020年第5号", "state")]
    [TestCase("国发〔二〇二〇〕五号", "state")]
    [TestCase("请问国发〔2020〕5号是什么意思", "state")]
    [TestCase("国办发〔2020〕5号", "office")]
    [TestCase("国务院令第663号", "order")]
    [TestCase("国务院令663号", "order")]
    [TestCase("国务院令 第 663 号", "order")]
    [TestCase("国务院令663", "order")]
    [TestCase("国务院第663号令", "order")]
    [TestCase("国务院令第六百六十三号", "order")]
    [TestCase("中华人民共和国国务院令第663号", "order")]
    public void Any_written_form_names_its_document(string question, string id)
    {
        var hits = SeedSet.Ask(Index, question);
        Assert.That(hits[0].Id, Is.EqualTo(id));
        Assert.That(hits[0].Confidence, Is.EqualTo(1));
    }

    [Test]
    public void What_cites_the_number_comes_next() =>
        Assert.That(SeedSet.IdsFor(Index, "国务院令第663号")[1], Is.EqualTo("citing"));

    [Test]
    public void Without_an_issuer_all_of_that_number_are_found() =>
        Assert.That(SeedSet.IdsFor(Index, "〔2020〕5号").Take(2), Is.EquivalentTo(new[] { "state", "office" }));

    [TestCase("国发〔2020〕6号")]
    [TestCase("国发〔2021〕5号")]
    [TestCase("主席令第663号")]
    [TestCase("我2020年5月搬家")]
    [TestCase("99999999999999999999号令")]
    public void Another_number_is_not_exact(string question) =>
        Assert.That(SeedSet.Ask(Index, question), Is.Empty.Or.ItemAt(0).Property(nameof(Hit.Confidence)).LessThan(1));
}
