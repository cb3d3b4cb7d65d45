using Bot.Data.Articles;
using Bot.Data.Policies;
using Bot.Handlers.Publishing;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class NewsConversationTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly ArticleColumn[] s_columns =
    [
        new("announcements", "通知公告", "", 10, true, 30, 5, 1), new("news", "新闻", "", 20, true, 14, 3, 1),
    ];

    private static Chat NewChat(params PublicArticle[] articles)
    {
        var chat = new Chat().With(
            new Policy { Id = "P042", Type = PolicyType.Guide, Title = "城乡居民基本医疗保险参保", Issuer = "市医疗保障局", Category = "医保", Summary = "每年9月至12月参保。" });
        chat.Get<NewsLibrary>().Update(s_columns, articles, []);
        return chat;
    }

    private static PublicArticle Article(long id, string title, string column = "announcements", string words = "", DateOnly? lapses = null, params string[] policies) => new(
        id, 1, 1, new ArticleContent { Column = column, Title = title, Words = words, Source = "市水务集团", LapsesOn = lapses, Policies = policies },
        s_now.AddDays(-id), s_now.AddDays(-id), "甲", "乙", "丙");

    [Test]
    public Task Lists_what_is_new_and_shows_one() => NewChat(
        Article(1, "东港街道停水通知", words: "明日8:00至20:00停水，请提前储水。", lapses: new(2026, 11, 25), policies: "P042"),
        Article(2, "周末不打烊", "news")).PlaysAsync(
        """
        > 最新
        最新发布，请回复数字查看：
        1. 11-22 东港街道停水通知
        2. 11-21 周末不打烊
        > 1
        【东港街道停水通知】
        通知公告 2026年11月22日
        明日8:00至20:00停水，请提前储水。
        来源：市水务集团
        有效期至2026年11月24日
        <a href="https://bot.example.gov.cn/news/1">阅读全文</a>

        相关事项，请回复数字查看：
        1. 城乡居民基本医疗保险参保
        2. 查看最新发布
        > 返回
        最新发布，请回复数字查看：
        1. 11-22 东港街道停水通知
        2. 11-21 周末不打烊
        > 公告
        通知公告，请回复数字查看：
        1. 11-22 东港街道停水通知
        2. 订阅“通知公告”
        > 2
        订阅后，“通知公告”有新发布时，我们会在公众号里通知您。为此需要记下您的订阅，随时可以回复“我的订阅”取消。
        是否订阅？
        1. 同意并订阅
        2. 不订阅
        > 2
        通知公告，请回复数字查看：
        1. 11-22 东港街道停水通知
        2. 订阅“通知公告”
        > 1
        …
        2. 查看最新发布
        > 2
        最新发布，请回复数字查看：
        1. 11-22 东港街道停水通知
        2. 11-21 周末不打烊
        """);

    [Test]
    public Task Turns_over_a_long_list() => NewChat([.. Enumerable.Range(1, 11).Select(i => Article(i, $"第{i}号公告"))]).PlaysAsync(
        """
        > 公告
        通知公告，请回复数字查看：
        1. 11-22 第1号公告
        2. 11-21 第2号公告
        3. 11-20 第3号公告
        4. 11-19 第4号公告
        5. 11-18 第5号公告
        6. 11-17 第6号公告
        7. 11-16 第7号公告
        8. 11-15 第8号公告
        9. 订阅“通知公告”
        （第1/2页，回复“下一页”看更多）
        > 下一页
        通知公告，请回复数字查看：
        1. 11-14 第9号公告
        2. 11-13 第10号公告
        3. 11-12 第11号公告
        4. 订阅“通知公告”
        （已是最后一页）
        > 3
        【第11号公告】
        …
        1. 查看最新发布
        """);

    [Test]
    public Task News_stand_below_the_guides() => NewChat(
        Article(1, "关于2027年城乡居民基本医疗保险参保缴费的通告", words: "集中缴费期为9月1日至12月31日。")).PlaysAsync(
        """
        > 城乡居民基本医疗保险参保
        找到以下办事指南，请回复数字查看：
        1. 城乡居民基本医疗保险参保
        2. 〔通知公告〕关于2027年城乡居民基本医疗保险参保缴费的通告
        3. 都不是
        """);

    [Test]
    public Task Where_there_is_no_guide_the_news_answer_and_say_what_is_over() => NewChat(
        Article(3, "冬季清雪期间临时调整停车规定的公告", words: "滨海大道夜间禁止停车。", lapses: new(2026, 11, 1))).PlaysAsync(
        """
        > 清雪期间哪里不能停车
        没有找到对应的办事指南，以下公告和新闻可能与您的问题有关，请回复数字查看：
        1. 〔通知公告·已过期〕冬季清雪期间临时调整停车规定的公告
        2. 都不是
        > 1
        已过有效期，仅供参考
        【冬季清雪期间临时调整停车规定的公告】
        …
        1. 查看最新发布
        """);

    [Test]
    public Task Nothing_published_is_said() => NewChat().PlaysAsync(
        """
        > 公告
        通知公告目前还没有发布内容，请过些时候再来看看。回复“帮助”查看我能做什么。
        """);

    [Test]
    public async Task A_preview_is_asked_for_by_its_code()
    {
        var pushes = new PushDesk();
        var chat = new Chat(services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IArticlePushes>(services, pushes));
        await chat.PlaysAsync(
            """
            > 预览 123456
            预览马上发到这里，请稍候。
            > 预览 654321
            没有找到这个预览码，可能已超过15分钟或已经用过。请在后台重新获取。
            """);
        Assert.That(pushes.Reader!.Value.Value, Is.EqualTo("oTestCitizen"));
    }
}
