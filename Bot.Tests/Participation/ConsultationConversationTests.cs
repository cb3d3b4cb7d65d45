using Bot.Data.Consultations;
using Bot.Handlers.Desk;
using Bot.Handlers.Language;
using Bot.Handlers.Participation.Consultations;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Participation;

public sealed class ConsultationConversationTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));

    internal static ConsultationPaper Paper { get; } = new(
        "停车管理办法", "市城市管理局", "停车难。", s_now.AddDays(-1), s_now.AddDays(30), "",
        [new("s1", "第一章 错时共享", "机关的停车场晚上开放。"), new("s2", "第二章 收费", "首15分钟免费。")]);

    private static PublishedConsultation Published(ConsultationPaper? paper = null, long id = 7, DateTimeOffset? stopped = null) => new(
        new(id, null, 1, stopped, stopped is null ? "" : "上位法已经修改。", "", null, "bianji", 3), [new(1, paper ?? Paper, s_now.AddDays(-1))]);

    // The pages are not reached from outside, so that no link changes from run to run; the page's test looks at the link.
    private static Chat NewChat(params PublishedConsultation[] open)
    {
        var chat = new Chat(services => services.AddSingleton(new AccountProfile("滨海市政务服务", "")));
        chat.Get<ConsultationLibrary>().Replace(open);
        return chat;
    }

    [Test]
    public async Task A_part_is_chosen_commented_on_and_the_comment_kept_once()
    {
        var chat = NewChat(Published());
        chat.Get<SensitiveWords>().Replace(["去死吧"]);
        await chat.PlaysAsync(
            """
            > 民意征集
            【停车管理办法】
            市城市管理局公开征求意见，12月23日 09:30截止。
            请回复数字，选择您要提意见的部分：
            1. 第一章 错时共享
            2. 第二章 收费
            3. 对全文的意见
            > 9
            没有看懂您的选择，请回复选项前的数字。
            …
            > 2
            【第二章 收费】
            首15分钟免费。

            请用一条消息写下您的意见，最多2000字。意见审核后可能公开，公开时不显示您是谁，请不要写姓名、电话。
            > 1
            请用文字写下您的意见，至少两个字。
            …
            > 太短了，去死吧<a href="x">
            请核对您对“第二章 收费”的意见：
            太短了，去死吧＜a href="x">
            要修改请回复“返回”；没有问题请回复 1：
            1. 确认提交
            > 返回
            【第二章 收费】
            …
            > 免费时间太短，去 死 吧
            …
            > 1
            提交成功，感谢您的意见！征集结束后会公布采纳情况，并在这里告诉您。
            1. 再提一条意见
            > 1
            【停车管理办法】
            …
            """);
        var said = chat.Consultations.Said.Single();
        Assert.That((said.Consultation, said.Version, said.Part, said.Words, said.Way), Is.EqualTo((7L, 1, "s2", "免费时间太短，去 死 吧", CommentWay.Chat)));
        Assert.That(said.Flagged, Is.EqualTo(new[] { "去死吧" }));
    }

    [Test]
    public async Task Every_door_leads_there_and_several_are_a_list()
    {
        await NewChat(Published()).PlaysAsync(
            """
            >! scan consult_7
            【停车管理办法】
            …
            > 3
            【全文】
            停车难。
            …
            """);
        await NewChat(Published(), Published(Paper with { Title = "养犬管理规定" }, 8)).PlaysAsync(
            """
            >! click CONSULTATIONS
            正在征求意见，请回复数字参加：
            1. 停车管理办法
            2. 养犬管理规定
            > 2
            【养犬管理规定】
            …
            """);
    }

    [Test]
    public async Task What_takes_no_comment_says_why()
    {
        var chat = NewChat(Published(Paper with { OpensAt = s_now.AddDays(2) }));
        chat.Consultations.Over = Published(Paper with { ClosesAt = s_now.AddHours(-1) }, 9);
        await chat.PlaysAsync(
            """
            > 征求意见
            现在没有正在征求意见的文件，感谢您的关注。有新的征集时，可以回复“民意征集”查看。
            >! click consult_7
            “停车管理办法”将于11月25日 09:30开始征求意见，欢迎届时参加。
            >! scan consult_9
            “停车管理办法”的意见征集已经结束，感谢您的关注。
            >! scan consult_77
            没有找到这次征集，可能已经撤下。回复“民意征集”查看正在进行的征集。
            """);
        chat.Consultations.Over = Published(id: 9, stopped: s_now);
        await chat.PlaysAsync(
            """
            >! scan consult_9
            “停车管理办法”的意见征集已经终止：上位法已经修改。
            """);
    }

    [Test]
    public async Task What_closes_meanwhile_says_so_at_the_next_message_and_too_long_words_are_asked_for_again()
    {
        var chat = NewChat(Published());
        await chat.SayAsync("民意征集");
        await chat.SayAsync("1");
        await chat.PlaysAsync(
            $"""
            > {new string('好', 2001)}
            您写了2001字，超过了2000字，请精简后再发一次。
            …
            """);
        chat.Get<ConsultationLibrary>().Replace([]);
        await chat.PlaysAsync(
            """
            > 写得短一点
            这次征集刚刚结束，您的意见没有来得及提交，十分抱歉。回复“民意征集”查看其他正在进行的征集。
            """);
        Assert.That((chat.Consultations.Said, chat.Session.Flow), Is.EqualTo((Array.Empty<NewComment>(), (object?)null)));
    }

    [Test]
    public async Task Whoever_read_an_older_version_comments_on_that_one()
    {
        var chat = NewChat(Published());
        await chat.SayAsync("民意征集");
        var changed = Published();
        chat.Get<ConsultationLibrary>().Replace([changed with { Versions = [.. changed.Versions, new(2, Paper with { Parts = [new("s3", "新的一章", "新。")] }, s_now)] }]);
        foreach (var words in new[] { "2", "太短", "1" })
            await chat.SayAsync(words);
        Assert.That(chat.Consultations.Said.Single() is { Version: 1, Part: "s2" }, Is.True);
    }
}
