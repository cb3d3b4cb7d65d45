using Bot.Handlers;
using Bot.Handlers.Flows;
using Bot.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>What a form may decide for itself, beside its steps.</summary>
public sealed class FormRulesTests
{
    private FormFlow.World _world = new();

    [SetUp]
    public void New() => _world = new();

    private Chat NewChat() => new(s => s.AddSingleton(_world), FormFlow.Table);

    [Test]
    public Task Turns_somebody_away_before_the_first_question()
    {
        _world.TurnAway = Answer.Say("今天不办理登记。");
        return NewChat().PlaysAsync(
            """
            > 登记
            今天不办理登记。
            > 1
            当前没有可供选择的编号列表。
            …
            """);
    }

    [Test]
    public Task What_came_with_the_command_is_not_asked_for_and_can_be_taken_back()
    {
        _world.First = [new("colour", "黑")];
        return NewChat().PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 返回
            请选择颜色：
            1. 红色
            2. 黑色
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请选择颜色：
            1. 红色
            2. 黑色
            """);
    }

    [Test]
    public Task What_came_with_the_command_for_a_step_that_is_never_asked_stays()
    {
        _world.First = [new("place", "人民路1号")];
        _world.Arrange = steps => [steps[3] with { Silent = true }, steps[1], steps[^1]];
        return NewChat().PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请输入姓名：
            > 小李
             小李 1月1日 人民路1号，确认吗？
            1. 确认提交
            """);
    }

    [TestCase(true)]
    [TestCase(false)]
    public Task An_answer_that_does_not_hold_any_more_is_asked_for_again(bool alone)
    {
        var gone = new Ending.BackTo("colour", "这个颜色刚刚没有了，请换一个。") { Only = alone ? ["colour"] : [] };
        _world.Check = d => d is { Colour: "红", Name.Length: > 0 } ? gone : null;
        return NewChat().PlaysAsync(
            $"""
            > 登记
            …
            > 1
            请输入姓名：
            > 小李
            这个颜色刚刚没有了，请换一个。
            请选择颜色：
            1. 红色
            2. 黑色
            > 2
            {(alone ? "请发送位置：" : "请输入姓名：")}
            """);
    }

    [Test]
    public Task A_form_whose_ground_is_gone_ends_before_the_next_question()
    {
        _world.Check = d => d.Colour == "黑" ? new Ending.Done(Answer.Say("已停止登记。")) : new Ending.BackTo("nowhere", "?");
        return NewChat().PlaysAsync(
            """
            > 登记
            请选择颜色：
            1. 红色
            2. 黑色
            > 2
            已停止登记。
            > 1
            当前没有可供选择的编号列表。
            …
            """);
    }

    [Test]
    public async Task The_ending_asks_for_one_answer_again_and_keeps_the_others()
    {
        var taken = true;
        _world.End = d => taken ? new Ending.BackTo("name", "这个姓名刚刚被登记了，请换一个。") { Only = ["name"] } : new Ending.Done(Answer.Say($"登记成功：{d.Name} {d.Place}"));
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 2
            …
            > 小李
            …
            >! place 人民路
            …
            > 1
            这个姓名刚刚被登记了，请换一个。
            请输入姓名：
            """);
        taken = false;
        await chat.PlaysAsync(
            """
            > 小王
            登记成功：小王 人民路
            """);
    }

    [Test]
    public async Task An_ending_that_asks_for_what_answers_itself_fails_instead_of_going_in_circles()
    {
        _world.Arrange = steps => [steps[0] with { Ask = (_, _) => Task.FromResult(Question.SettledAs("红")) }, steps[1]];
        _world.End = _ => new Ending.BackTo("colour", "?") { Only = ["colour"] };
        var chat = NewChat();
        await chat.PlaysAsync("> 登记\n请输入姓名：");
        Assert.That(async () => await chat.SayAsync("小李"), Throws.InvalidOperationException.With.Message.Contains("circles"));
    }

    [Test]
    public async Task Hears_every_answer_that_was_taken_and_may_put_another_form_in_its_place()
    {
        List<string> heard = [];
        _world.Note = (state, answer) =>
        {
            heard.Add($"{answer.Step}={answer.Value}");
            return answer.Value == "旧" ? state with { Answers = [new("colour", "黑"), new("name", "老王")] } : state;
        };
        await NewChat().PlaysAsync(
            """
            > 登记
            …
            > 3
            …
            > 1
            请输入姓名：
            > 欧阳修之子
            …
            > 旧
            请发送位置：
            >! place 人民路
            黑 老王 1月1日 人民路，确认吗？
            1. 确认提交
            > 取消
            …
            """);
        Assert.That(heard, Is.EqualTo(["colour=红", "name=旧", "place=人民路"]));
        Assert.That(_world.Dropped, Is.EqualTo(1));
    }

    [Test]
    public Task Words_of_the_engine_are_an_answer_where_they_steer_nothing() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 2
        请输入姓名：
        > 下一页
        请发送位置：
        >! place 人民路
        黑 下一页 1月1日 人民路，确认吗？
        1. 确认提交
        """);

    [Test]
    public Task A_step_may_understand_words_in_place_of_a_number()
    {
        _world.Arrange = steps =>
        [
            steps[1] with { Key = "part", Silent = true },
            steps[2] with
            {
                Reads = (said, choices) => said.Words switch
                {
                    "3号" => new(choices[2].Key),
                    "12号" => new(choices[11].Key),
                    "明天" => new(choices[1].Key),
                    "昨天" => new(Why: "那天已经过去了。"),
                    "老王" => new(Note: new("part", "老王")),
                    _ => default,
                },
            },
            steps[^1],
        ];
        const string first = "请选择日期：\n1. 12月1日\n…\n9. 12月9日\n（第1/2页，回复“下一页”看更多）";
        const string last = "请选择日期：\n1. 12月10日\n2. 12月11日\n3. 12月12日\n（已是最后一页）";
        return NewChat().PlaysAsync(
            $"""
            > 登记
            {first}
            > 昨天
            那天已经过去了。
            {first}
            > 后天
            没有看懂您的选择，请回复选项前的数字。
            {first}
            > 老王
            {first}
            > 明天
             老王 12月2日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 12号
             老王 12月12日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 3号
             老王 12月3日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 3
             老王 12月12日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 2号
             老王 12月11日 ，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task Going_back_to_another_list_shows_it_from_its_beginning()
    {
        _world.Arrange = steps => [steps[0], steps[2]];
        _world.Colours = [.. Enumerable.Range(1, 12).Select(n => new Option<string>($"{n}", $"颜色{n}"))];
        await NewChat().PlaysAsync(
            """
            > 登记
            …
            > 1
            …
            > 下一页
            …
            > 返回
            请选择颜色：
            1. 颜色1
            …
            """);
    }

    [Test]
    public async Task An_answer_that_its_step_would_refuse_now_is_asked_for_again_with_what_is_behind_it()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 2
            …
            > 小李
            …
            >! place 人民路
            …
            """);
        _world.Arrange = steps => [steps[0], steps[1] with { Brief = "请再输入一次：", Take = (d, name) => name == "小李" ? new(d, "不能再用。") : steps[1].Take(d, name) }, .. steps.Skip(2)];
        await chat.PlaysAsync(
            """
            > 1
            办理内容有更新，请重新选择。
            请输入姓名：
            > 小王
            请发送位置：
            >! place 建国路
            黑 小王 1月1日 建国路，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task Nothing_to_pick_leads_back_to_the_last_answer_that_was_given_and_keeps_those_before()
    {
        _world.Colours = [];
        _world.Arrange = steps => [steps[1], steps[3], steps[6] with { When = _ => true, Ask = (_, _) => Task.FromResult(Question.SettledAs("x")) }, steps[0], steps[^1]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 小李
            请发送位置：
            >! place 人民路
            这一项暂时没有可选内容，请换一个。
            请发送位置：
            """);
        _world.Colours = [new("红", "红色")];
        await chat.PlaysAsync(
            """
            >! place 建国路
            请选择颜色：
            1. 红色
            > 1
            红 小李 1月1日 建国路，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task One_of_several_answers_that_would_not_do_any_more_is_left_out_and_the_others_stay()
    {
        _world.Gathers = true;
        _world.Arrange = steps => [steps[4], steps[^1]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 一
            …
            > 二
            已记2条。
            """);
        _world.Arrange = steps => [steps[4] with { Take = (d, note) => note == "一" ? new(d, "不能再这样写。") : steps[4].Take(d, note) }, steps[^1]];
        await chat.PlaysAsync(
            """
            > 三
            已记2条。
            > 完成
            二+三 ，确认吗？
            1. 确认提交
            """);
    }
}
