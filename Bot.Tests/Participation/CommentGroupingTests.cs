using Bot.Data.Consultations;
using Bot.Handlers.Participation.Consultations;
using NUnit.Framework;

namespace Bot.Tests.Participation;

public sealed class CommentGroupingTests
{
    private static CommentRow Row(long id, string words, string part = "s1", long? point = null) =>
        new(id, 1, part, words, CommentWay.Chat, DateTimeOffset.UnixEpoch, [], CommentState.Shown, null, null, point);

    // As citizens write: three matters, each in several ways, and one of its own.
    private static readonly (string Words, int Matter)[] s_comments =
    [
        ("错时开放的时间能不能提前到17:30？很多人五点半就下班到家了，找不到车位。", 1),
        ("建议错时开放时间提前到17:30，下班到家就能停车。", 1),
        ("错时开放的时间提前到17:30最好，六点太晚了。", 1),
        ("免费15分钟太短，接送孩子都不够，建议延长到30分钟。", 2),
        ("路内停车免费时间建议从15分钟延长到30分钟。", 2),
        ("免费时长应延长至半小时，15分钟太短了", 2),
        ("老年人不会用手机缴费，请保留现金缴费窗口。", 3),
        ("请保留人工窗口，老年人不会用手机扫码缴费", 3),
        ("希望明确共享停车场发生刮蹭时由谁负责。", 4),
    ];

    [Test]
    public void Similar_comments_come_together_and_different_ones_do_not()
    {
        var groups = CommentGrouping.Propose([.. s_comments.Select((c, i) => Row(i, c.Words))]);
        var matters = groups.Select(g => string.Join(',', g.Comments.Select(id => s_comments[(int)id].Matter).Order())).Order().ToArray();
        Assert.That(matters, Is.EqualTo(new[] { "1,1,1", "2,2,2", "3,3", "4" }), string.Join('\n', groups.Select(g => $"{g.Title}: {string.Join(' ', g.Comments)}")));
        Assert.That(groups.Select(g => g.Title), Has.All.Length.InRange(4, 40));
    }

    [Test]
    public void A_few_comments_on_one_matter_come_together_too()
    {
        string[] words = ["救援时间30分钟太长了，应当20分钟", "困人救援应该20分钟之内到场，30分钟太长", "救援30分钟太长，改成20分钟", "物业费里不应当再收电梯维护费"];
        var groups = CommentGrouping.Propose([.. words.Select((w, i) => Row(i, w))]);
        Assert.That(groups.Select(g => string.Join(',', g.Comments)).Order(), Is.EqualTo(new[] { "0,1,2", "3" }));
    }

    [Test]
    public void A_new_comment_joins_the_point_that_is_there_and_parts_stay_apart()
    {
        var groups = CommentGrouping.Propose([Row(1, s_comments[3].Words, point: 70), Row(2, s_comments[4].Words), Row(3, s_comments[4].Words, "s2"), Row(4, s_comments[6].Words)]);
        Assert.That(groups.Select(g => (g.Part, g.Point, g.Comments.Single())), Is.EquivalentTo(new (string, long?, long)[] { ("s1", 70, 2), ("s1", null, 4), ("s2", null, 3) }));
    }

    [Test]
    public void What_a_campaign_copied_many_times_is_one_point_and_leaves_the_others_alone()
    {
        var copies = Enumerable.Range(0, 200).Select(i => Row(i, "反对拆除老城墙，请保留历史风貌。"));
        var varied = Enumerable.Range(200, 120).Select(i => Row(i, $"我家住{i}号，公交末班车太早了，建议延长到晚上十一点"));
        var groups = CommentGrouping.Propose([.. copies, .. varied, Row(1000, s_comments[6].Words), Row(1001, "公交末班车太早了，建议延长到晚上十一点", point: 7)]);
        Assert.That(groups.Select(g => (g.Point, g.Comments.Count)), Is.EquivalentTo(new (long?, int)[] { (null, 200), (7, 120), (null, 1) }));
    }

    [Test]
    public void Nothing_new_is_nothing_to_do() => Assert.That(CommentGrouping.Propose([Row(1, "好", point: 3)]), Is.Empty);
}
