using Bot.Handlers;
using Bot.Handlers.Flows;
using Bot.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>A form that ends with a list: nothing can show it again, so its numbers count until something else is shown.</summary>
public sealed class EndedListTests
{
    [Test]
    public async Task A_number_that_is_not_on_the_list_is_told_and_the_list_stays()
    {
        FormFlow.World world = new()
        {
            End = _ => new Ending.Done(NumberedList.Page("已经登记过了：", [new("我的预约", "book.mine"), new("联系客服", "human")], 0)),
        };
        await new Chat(s => s.AddSingleton(world), FormFlow.Table).PlaysAsync(
            """
            > 登记
            …
            > 2
            …
            > 小李
            …
            >! place 人民路1号
            …
            > 1
            已经登记过了：
            1. 我的预约
            2. 联系客服
            > 9
            没有这个编号，请回复 1 到 2 之间的数字。
            > 下一页
            已经是最后一页了。
            >! late 1
            您回复时，我们刚好又发来一条消息，数字现在对应那条消息里的选项。请看过后再回复；要选前面的内容，请重新发送您的问题。
            > 1
            您目前没有预约。
            …
            """);
    }
}
