using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies.Search;

public sealed class UpdateTests
{
    private static readonly string[] Questions = ["居住证", "退休金怎么领", "juzhuzheng", "公积金贷款", "身份证丢了", "低保", "国务院令第663号", "孩子上学"];

    [Test]
    public void A_small_index_is_the_same_as_one_built_anew() =>
        IsTheSameAsBuiltAnew(SeedSet.Guides);

    // Many copies, so that the changes form a segment of their own.
    [Test]
    public void A_large_index_is_the_same_as_one_built_anew() =>
        IsTheSameAsBuiltAnew([.. Enumerable.Range(0, 1 + PolicyIndex.RebuildBelow / SeedSet.Guides.Count)
            .SelectMany(copy => SeedSet.Guides.Select(g => g with { Id = $"{g.Id}-{copy}", Title = $"{g.Title} {copy}" }))]);

    private static void IsTheSameAsBuiltAnew(IReadOnlyList<SearchDocument> documents)
    {
        var index = PolicyIndex.Build(documents, Synonyms.Own);
        SearchDocument[] changed =
        [
            documents[0] with { Text = "改成了别的内容：退休金的申领。" },
            documents[40] with { Title = "完全不同的标题", Aliases = ["居住证新政"], Questions = ["居住证新政是什么"] },
            new("new", "居住证新办法", ["新居住证"], "居住证管理新办法的全文。", DocumentType.Policy) { Number = "国务院令第663号" },
        ];
        string[] removed = [documents[2].Id, documents[10].Id, "unknown"];

        var once = index.With(changed, removed);
        AssertSame(once, Anew(documents, changed, removed));

        SearchDocument[] again = [changed[2] with { Text = "又改了一次，与低保有关。" }, documents[10]];
        AssertSame(once.With(again, [changed[1].Id]), Anew(documents, [changed[0], .. again], [documents[2].Id, changed[1].Id]));
        AssertSame(index, PolicyIndex.Build(documents, Synonyms.Own));
    }

    private static PolicyIndex Anew(IReadOnlyList<SearchDocument> documents, SearchDocument[] changed, string[] removed) => PolicyIndex.Build(
        [.. documents.Where(d => !removed.Contains(d.Id) && !changed.Any(c => c.Id == d.Id)), .. changed], Synonyms.Own);

    private static void AssertSame(PolicyIndex grown, PolicyIndex built)
    {
        Assert.That(grown.Count, Is.EqualTo(built.Count));
        foreach (var question in Questions)
        {
            var (one, other) = (SeedSet.Ask(grown, question, 20), SeedSet.Ask(built, question, 20));
            Assert.That(one.Select(h => h.Score), Is.EqualTo(other.Select(h => h.Score)).Within(0.01f).Percent, question);
            Assert.That(one.Select(h => h.Id), Is.EqualTo(other.Select(h => h.Id)), question);
            Assert.That(one.Select(h => h.Confidence), Is.EqualTo(other.Select(h => h.Confidence)).Within(0.001f), question);
        }
    }
}
