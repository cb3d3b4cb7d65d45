using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using NUnit.Framework;

namespace Bot.Tests.Participation;

public sealed class SurveyCheckTests
{
    private static readonly SurveyQuestion[] s_good = SurveyConversationTests.Questions;

    [Test]
    public void Questions_that_can_be_asked_have_no_faults() => Assert.That(SurveyCheck.Faults(s_good), Is.Empty);

    [Test]
    public void What_cannot_be_asked_is_told()
    {
        string[] Faults(params SurveyQuestion[] questions) => [.. SurveyCheck.Faults(questions)];
        Assert.That(Faults(), Has.Exactly(1).Contains("还没有题目"));
        Assert.That(Faults(s_good[0] with { Text = "" }), Has.Exactly(1).Contains("请填写题目"));
        Assert.That(Faults(s_good[0] with { Options = ["是"] }), Has.Exactly(1).Contains("2 至 20 个选项"));
        Assert.That(Faults(s_good[0] with { Options = ["是", "是"] }), Has.Exactly(1).Contains("写了两次"));
        Assert.That(Faults(s_good[0] with { Options = ["是", new string('长', 37)] }), Has.Exactly(1).Contains("太长"));
        Assert.That(Faults(s_good[2] with { Options = [.. Enumerable.Range(0, 9).Select(i => $"{i}")] }), Has.Exactly(1).Contains("2 至 8 个选项"));
        Assert.That(Faults(s_good[3] with { Least = 9, Greatest = 1 }), Has.Exactly(1).Contains("最小值"));
        Assert.That(Faults(s_good[1], s_good[0]), Has.Exactly(1).Contains("不在它的前面"));
        Assert.That(Faults(s_good[0] with { Options = ["有", "没有"] }, s_good[1]), Has.Exactly(1).Contains("“去过”已经不在了"));
    }

    [Test]
    public void A_question_is_written_and_read_the_same() =>
        Assert.That(SurveyQuestion.Write(SurveyQuestion.Read(SurveyQuestion.Write(s_good))), Is.EqualTo(SurveyQuestion.Write(s_good)));

    [Test]
    public void A_mean_is_not_told_from_which_a_small_group_could_be_computed()
    {
        SurveyQuestion rating = new() { Key = "q1", Kind = SurveyKind.Rating, Text = "满意吗？", Options = ["差", "中", "好"] };
        decimal? Mean(params long[] counts) =>
            SurveyFigures.Of(new(1, 1, [rating], default), new(counts.Sum(), 0, [new(counts.Sum(), counts, 0)]), open: true).Questions[0].Mean;
        Assert.That((Mean(3, 4, 100), Mean(10, 10, 20)), Is.EqualTo(((decimal?)null, (decimal?)2.25m)));
    }

    [Test]
    public void A_question_that_only_those_of_a_hidden_option_were_asked_is_not_told_either()
    {
        string[] halls = ["甲", "乙", "丙", "丁"];
        long?[] Told(SurveyKind kind, params string[][] after)
        {
            SurveyQuestion Asked(int i, SurveyCondition? when) => new() { Key = $"q{i}", Kind = i == 0 ? kind : SurveyKind.Single, Text = "？", Options = halls, When = when };
            long[] counts = [100, 20, 2, 30];
            // Everybody who is asked more says 甲 again.
            var sums = after.Select(any => any.Sum(a => counts[Array.IndexOf(halls, a)])).ToArray();
            SurveyVersion version = new(1, 1, [Asked(0, null), .. after.Select((any, i) => Asked(i + 1, new("q0", any))), Asked(9, new("q1", ["甲"]))], default);
            var figures = SurveyFigures.Of(version, new(152, 0, [new(152, counts, 0), .. sums.Append(sums[0]).Select(sum => new QuestionTally(sum, [sum, 0, 0, 0], 0))]), open: true);
            return [.. figures.Questions.Skip(1).Select(q => q.Answers)];
        }

        // 丙 is small, and 乙 is hidden with it.
        Assert.That(Told(SurveyKind.Single, ["乙"], ["甲"], ["甲", "丙"], ["乙", "丙"]), Is.EqualTo(new long?[] { null, 100, null, 22, null }));
        Assert.That(Told(SurveyKind.Multiple, ["丙"], ["乙"], ["甲", "丙"], halls), Is.EqualTo(new long?[] { null, 20, null, 152, null }));
        Assert.That(Told(SurveyKind.Single, ["甲"]), Is.EqualTo(new long?[] { 100, 100 }), "and what follows it in turn");
    }

    [Test]
    public void Small_groups_are_not_told_and_cannot_be_computed()
    {
        Assert.That(SmallGroups.Hide([100, 4, 0, 20], parts: true), Is.EqualTo(new long?[] { 100, null, null, null }));
        Assert.That(SmallGroups.Hide([100, 1, 1], parts: true), Is.All.Null, "two of two are one each");
        Assert.That(SmallGroups.Hide([100, 30, 1, 2], parts: true), Is.EqualTo(new long?[] { 100, null, null, null }), "three are told apart by guessing");
        Assert.That(SmallGroups.Hide([100, 3, 4], parts: true), Is.EqualTo(new long?[] { 100, null, null }));
        Assert.That(SmallGroups.Hide([100, 4, 0, 20], parts: false), Is.EqualTo(new long?[] { 100, null, 0, 20 }));
        Assert.That(SmallGroups.Hide([100, 5, 20], parts: true), Is.EqualTo(new long?[] { 100, 5, 20 }));
        var told = SmallGroups.Hide(new long[,] { { 50, 3, 30 }, { 40, 20, 10 }, { 60, 70, 80 } });
        for (var i = 0; i < 3; i++)
        {
            Assert.That(Enumerable.Range(0, 3).Count(j => told[i, j] is null), Is.Not.EqualTo(1), $"row {i}");
            Assert.That(Enumerable.Range(0, 3).Count(j => told[j, i] is null), Is.Not.EqualTo(1), $"column {i}");
        }

        Assert.That(SmallGroups.Hide(new long[,] { { 90, 1, 1 }, { 50, 60, 70 }, { 80, 70, 60 } })[0, 0], Is.Null);
        Assert.That((told[0, 1], told[0, 0], told[2, 2]), Is.EqualTo(((long?)null, (long?)50, (long?)80)));
    }
}
