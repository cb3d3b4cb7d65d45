using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies.Search;

public sealed class PolicyIndexTests
{
    [Test]
    public void An_empty_index_finds_nothing()
    {
        var index = PolicyIndex.Build([], Synonyms.None);
        Assert.That(SeedSet.Ask(index, "居住证"), Is.Empty);
        Assert.That(SeedSet.IdsFor(index.With([Guide("new", "居住证申领")], []), "居住证"), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public void Refuses_two_documents_of_one_id() =>
        Assert.That(() => PolicyIndex.Build([Guide("a", "甲"), Guide("a", "乙")], Synonyms.None), Throws.ArgumentException);

    [Test]
    public void Says_in_citizens_words_what_the_document_says_in_its_own()
    {
        Dictionary<string, IReadOnlyList<string>> words = new() { ["退休金"] = ["养老金"] };
        SearchDocument[] documents = [Guide("pension", "养老金申领"), Guide("other", "居住证申领")];
        Assert.That(SeedSet.Ask(PolicyIndex.Build(documents, Synonyms.None), "退休金"), Has.None.Property(nameof(Hit.Confidence)).GreaterThanOrEqualTo(PolicyIndex.Found));
        var hit = SeedSet.Ask(PolicyIndex.Build(documents, new(words)), "退休金")[0];
        Assert.That((hit.Id, hit.Confidence >= PolicyIndex.Found), Is.EqualTo(("pension", true)));
    }

    [Test]
    public void Remembers_which_document_answered_a_past_question()
    {
        SearchDocument[] documents = [Guide("a", "居住证申领"), Guide("b", "户口迁移")];
        var index = PolicyIndex.Build(documents, Synonyms.None, [new("蓝本本找哪个窗口", ["b"])]);
        var hit = SeedSet.Ask(index, "蓝本本哪个窗口")[0];
        Assert.That((hit.Id, hit.Confidence >= PolicyIndex.Found), Is.EqualTo(("b", true)));
    }

    [Test]
    public void A_guide_comes_before_the_statute_that_says_the_same()
    {
        const string text = "居住证持有人享有的权利。";
        var index = PolicyIndex.Build(
            [new("law", "条例", [], text, DocumentType.Statute), new("guide", "指南", [], text, DocumentType.Guide), new("reply", "答复", [], text, DocumentType.OfficialReply)],
            Synonyms.None);
        Assert.That(SeedSet.IdsFor(index, "居住证持有人的权利"), Is.EqualTo(new[] { "guide", "reply", "law" }));
    }

    [Test]
    public void A_national_law_comes_before_a_local_regulation_that_says_the_same()
    {
        const string text = "劳动者享有休息的权利。";
        var index = PolicyIndex.Build(
            [new("local", "某某省劳动条例第三条", [], text, DocumentType.Statute), new("law", "劳动法第三条", [], text, DocumentType.Statute)], Synonyms.None);
        Assert.That(SeedSet.IdsFor(index, "劳动者休息的权利"), Is.EqualTo(new[] { "law", "local" }));
    }

    [Test]
    public void Every_thread_gets_the_same_answer()
    {
        var expected = SeedSet.Queries.Select(q => SeedSet.IdsFor(SeedSet.Index, q.Text)).ToArray();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < expected.Length; i++)
                Assert.That(SeedSet.IdsFor(SeedSet.Index, SeedSet.Queries[i].Text), Is.EqualTo(expected[i]));
        });
    }

    private static SearchDocument Guide(string id, string title) => new(id, title, [], title, DocumentType.Guide);
}
