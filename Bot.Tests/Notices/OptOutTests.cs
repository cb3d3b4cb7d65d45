using Bot.Data.Notices;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class OptOutTests
{
    [Test]
    public async Task A_citizen_opts_out_step_by_step_and_back_in()
    {
        RememberedOptOuts optOuts = new();
        var chat = new Chat(services => services.AddSingleton<INoticeOptOuts>(optOuts));
        await chat.PlaysAsync(
            """
            > 退订
            您现在接收本公众号的全部通知。请回复数字选择：
            1. 管理订阅的主题
            2. 只退订群发通知
            3. 退订全部通知
            4. 保持不变
            > 2
            已为您退订群发通知。您自己办理事项的提醒和进度仍会发给您。如需恢复，回复“恢复通知”。
            """);
        Assert.That(optOuts.Chosen, Is.EqualTo(NoticeOptOut.Bulk));
        await chat.PlaysAsync(
            """
            > 退订
            您已退订群发通知，仍接收自己办理事项的提醒和进度。请回复数字选择：
            1. 管理订阅的主题
            2. 接收全部通知
            3. 退订全部通知
            4. 保持不变
            > 3
            已为您退订全部通知，预约提醒、工单进度也不再推送，您可以随时在这里查询。排队叫号、停办、候补空位和工作人员对您预约的更改关系到您当天办事，仍会通知您。如需恢复，回复“恢复通知”。
            > 退订
            您已退订全部通知，包括自己办理事项的提醒和进度；只有叫号、停办、候补空位和工作人员对您预约的更改仍会通知您。请回复数字选择：
            1. 管理订阅的主题
            2. 接收全部通知
            3. 只退订群发通知
            4. 保持不变
            > 4
            好的，没有改动。回复“帮助”查看其他服务。
            """);
        Assert.That(optOuts.Chosen, Is.EqualTo(NoticeOptOut.Everything));
        await chat.PlaysAsync(
            """
            > 恢复通知
            已恢复，您将接收本公众号的全部通知。如需退订，回复“退订”。
            """);
        Assert.That(optOuts.Chosen, Is.EqualTo(NoticeOptOut.None));
    }

    [Test]
    public Task A_clerk_binds_their_own_WeChat_by_a_code() => new Chat().PlaysAsync(
        """
        > 绑定 87654321
        这个绑定码不对或已过期，请在管理台的通知页面重新获取。
        > 绑定12345678
        王制单，绑定成功。您可以在管理台把测试通知发给自己了。
        """);
}

/// <summary>One citizen's choice.</summary>
internal sealed class RememberedOptOuts : INoticeOptOuts
{
    public NoticeOptOut Chosen { get; private set; }

    public Task ChooseAsync(OpenId citizen, NoticeOptOut choice, CancellationToken ct)
    {
        Chosen = choice;
        return Task.CompletedTask;
    }

    public Task<NoticeOptOut> OfAsync(OpenId citizen, CancellationToken ct) => Task.FromResult(Chosen);
}
