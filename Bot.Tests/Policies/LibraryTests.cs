using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies;

public sealed class LibraryTests
{
    private static readonly Policy[] s_policies = [Guide("G1", "电动自行车登记"), Guide("G2", "居住证申领")];

    private static Policy Guide(string id, string title) => new() { Id = id, Type = PolicyType.Guide, Title = title, Issuer = "公安局", Category = "综合" };

    [Test]
    public void An_alias_a_synonym_and_a_confirmed_question_find_their_document_and_are_gone_when_taken_back()
    {
        var library = new PolicyLibrary();
        library.Replace(new(s_policies));
        Assert.That(Found(library, "小电驴"), Is.Null);
        library.Replace(new(s_policies) { Aliases = [new("G1", "小电驴")] });
        Assert.That(Found(library, "小电驴"), Is.EqualTo("G1"));
        library.Replace(new(s_policies) { Synonyms = [new("小电驴", ["电动自行车"])] });
        Assert.That(Found(library, "小电驴"), Is.EqualTo("G1"));
        library.Replace(new(s_policies) { Memory = [new("G1", "两轮的小电驴", "两轮的小电驴", 2, 0, 0)] });
        Assert.That(Found(library, "两轮小电驴"), Is.EqualTo("G1"));
        library.Replace(new(s_policies));
        Assert.That(Found(library, "小电驴"), Is.Null);
    }

    [Test]
    public void What_is_new_changed_or_withdrawn_is_so_in_the_next_answer()
    {
        var library = new PolicyLibrary();
        library.Replace(new(s_policies));
        library.Replace(new([s_policies[0], s_policies[1] with { Title = "暂住登记" }, Guide("G3", "养犬登记")]));
        Assert.That((Found(library, "养犬登记"), Found(library, "暂住登记"), Found(library, "居住证申领")), Is.EqualTo(("G3", "G2", (string?)null)));
        library.Replace(new([s_policies[0]]));
        Assert.That((Found(library, "养犬"), library.Shelf.Index.Count), Is.EqualTo(((string?)null, 1)));
    }

    [Test]
    public void A_shipped_synonym_can_be_silenced() =>
        Assert.That(Synonyms.Own.With([new("退休金", [])]).Count, Is.EqualTo(Synonyms.Own.Count - 1));

    [Test]
    public void Explanations_are_found_from_both_ends()
    {
        var library = new PolicyLibrary();
        library.Replace(new([.. s_policies, Guide("E1", "一图读懂") with { Explains = "G1" }]));
        Assert.That(library.Shelf.Explaining("G1").Select(p => p.Id), Is.EqualTo(["E1"]));
    }

    private static string? Found(PolicyLibrary library, string question)
    {
        var hits = new Hit[1];
        return library.Shelf.Index.Search(question, hits) > 0 && hits[0].Confidence >= PolicyIndex.Found ? hits[0].Id : null;
    }
}
