using Bot.Handlers.Language;
using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies.Search;

/// <summary>How well citizens' questions find the right guide. A bar is a promise; raise it, never lower it.</summary>
public sealed class RankingTests
{
    private const string Typed = "的一是在不了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经证正政办半班保报宝公工功社设居具户护照找费废税水数书术路录养样医一易金今";

    [Test]
    public void Finds_the_right_guide_in_the_first_three() =>
        Assert.That(SeedSet.FoundInThree(SeedSet.Index, SeedSet.Queries), Is.GreaterThanOrEqualTo(0.97));

    [Test]
    public void Finds_it_by_joined_pinyin() =>
        Assert.That(SeedSet.FoundInThree(SeedSet.Index, SeedSet.ChineseQueries.Select(q => q with { Text = Pinyin.Of(q.Text) })), Is.GreaterThanOrEqualTo(0.90));

    [Test]
    public void Finds_it_by_spaced_pinyin() =>
        Assert.That(SeedSet.FoundInThree(SeedSet.Index, SeedSet.ChineseQueries.Select(q => q with { Text = Spaced(q.Text) })), Is.GreaterThanOrEqualTo(0.90));

    [Test]
    public void Finds_it_through_homophones()
    {
        Random random = new(20261122);
        Assert.That(SeedSet.FoundInThree(SeedSet.Index, SeedSet.ChineseQueries.Select(q => q with { Text = Misheard(q.Text, random) })), Is.GreaterThanOrEqualTo(0.90));
    }

    [Test]
    public void Finds_it_through_one_wrong_lost_doubled_or_swapped_character()
    {
        Random random = new(20261122);
        Assert.That(SeedSet.FoundInThree(SeedSet.Index, SeedSet.ChineseQueries.Select(q => q with { Text = Mistyped(q.Text, random) })), Is.GreaterThanOrEqualTo(0.90));
    }

    [Test]
    public void Says_of_hardly_any_real_question_that_nothing_was_found() =>
        Assert.That(
            SeedSet.Queries.Count(q => SeedSet.Ask(SeedSet.Index, q.Text) is [{ Confidence: >= PolicyIndex.Found }, ..]) / (double)SeedSet.Queries.Count,
            Is.GreaterThanOrEqualTo(0.97));

    private static string Spaced(string text) => string.Join(' ', text.Select(c => Pinyin.Of(c.ToString())));

    private static string Misheard(string text, Random random)
    {
        var typed = text.ToCharArray();
        foreach (var i in Enumerable.Range(0, typed.Length).Where(i => Homophones(typed[i]).Length > 0).OrderBy(_ => random.Next()).Take(typed.Length > 6 ? 2 : 1))
            typed[i] = random.GetItems(Homophones(typed[i]), 1)[0];
        return new(typed);
    }

    private static char[] Homophones(char c) => [.. Typed.Where(other => other != c && Pinyin.Syllable(other) == Pinyin.Syllable(c))];

    private static string Mistyped(string text, Random random)
    {
        var i = random.Next(text.Length - 1);
        return random.Next(4) switch
        {
            0 => text.Remove(i, 1),
            1 => text.Insert(i, text[i].ToString()),
            2 => $"{text[..i]}{text[i + 1]}{text[i]}{text[(i + 2)..]}",
            _ => $"{text[..i]}{Typed[random.Next(Typed.Length)]}{text[(i + 1)..]}",
        };
    }
}
