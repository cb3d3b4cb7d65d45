using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What citizens say where a list of categories waits for a number: a name, or already the story.</summary>
public sealed class CategoryNamesTests : CaseFixture
{
    private const string Begun = "您说的情况已记下，不用重发。请先选择下面的一项，再接着写。";

    [TestCase("路灯照明")]
    [TestCase("路灯")]
    [TestCase("路灯问题吧")]
    [TestCase("选照明类")]
    public Task A_category_is_known_by_its_name_or_a_word_of_it(string words) => PlaysAsync(
        $"""
        > 投诉
        …
        > {words}
        请描述您要反映的情况：时间、地点、经过和您的诉求。可以分多条发送文字或语音，也可以直接发照片；全部发完后请回复“完成”。
        """);

    [Test]
    public async Task A_story_that_is_told_there_is_kept_as_the_beginning()
    {
        await PlaysAsync(
            $"""
            > 投诉
            …
            > 人民路的路灯坏了
            {Begun}
            请选择类别，回复数字即可：
            1. 路灯照明（推荐）
            2. 噪声扰民
            3. 拖欠工资
            4. 其他投诉
            >! voice 晚上漆黑一片看不见路。
            {Begun}
            请选择类别，回复数字即可：
            1. 路灯照明（推荐）
            …
            """);
        var elsewhere = await NewChatAsync();
        await elsewhere.PlaysAsync(
            """
            > 继续
            请选择类别，回复数字即可：
            1. 路灯照明（推荐）
            …
            > 1
            已记录：“人民路的路灯坏了 晚上漆黑一片看不见路。”
            可以继续补充文字、语音或照片；写完请回复“完成”。
            """);
    }

    [Test]
    public Task A_question_is_the_beginning_of_an_enquiry() => PlaysAsync(
        $"""
        > 咨询
        …
        > 居住证到期了怎么换
        {Begun}
        请选择类别，回复数字即可：
        1. 办事咨询
        …
        > 办事咨询
        已记录：“居住证到期了怎么换”
        …
        """);

    [Test]
    public Task A_story_comes_before_its_kind_is_chosen() => PlaysAsync(
        $"""
        >! click COMPLAIN
        …
        > 人民路的路灯坏了两天没人管
        {Begun}
        请问您要办哪一种？请回复数字选择：
        1. 投诉
        …
        > 1
        请选择类别，回复数字即可：
        1. 路灯照明（推荐）
        …
        """);

    [Test]
    public Task What_names_nothing_and_tells_nothing_is_asked_again() => PlaysAsync(
        """
        > 投诉
        …
        > 随便
        没有找到您说的类别，请从下面选择，或者换个说法。
        请选择类别，回复数字即可：
        …
        > 怎么选类别
        没有找到您说的类别，请从下面选择，或者换个说法。
        …
        > 9
        没有看懂您的选择，请回复选项前的数字。
        请选择类别，回复数字即可：
        1. 路灯照明
        …
        """);
}
