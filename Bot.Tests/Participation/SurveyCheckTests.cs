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
