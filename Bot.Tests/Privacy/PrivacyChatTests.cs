using Bot.Data.Privacy;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class PrivacyChatTests
{
    private readonly HeardRequests _requests = new();

    [SetUp]
    public void Forget() => _requests.Erased.Clear();

    [Test]
    public async Task Erases_only_after_a_confirmation()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 删除我的数据
            …
            …
            1. 确认提交
            > 取消
            …
            """);
        Assert.That(_requests.Erased, Is.Empty);
        await chat.PlaysAsync(
            """
            > 清除我的数据
            …
            1. 确认提交
            > 1
            已收到您的删除申请（编号 7），将在几分钟内完成，无需再做任何操作。依法必须留存的办理记录会保留，但不再能认出您是谁。
            """);
        Assert.That(_requests.Erased, Is.EqualTo([chat.Clock.GetUtcNow().AddMinutes(1)]), "when this very conversation is over");
    }

    [Test]
    public Task Gives_a_link_to_what_is_kept() => NewChat().PlaysAsync(
        """
        > 导出我的数据
        我们保存的与您有关的数据都在这里（一小时内有效，请勿转发给他人）：
        https://bot.example.gov.cn/my-data/KEY
        如需删除，请回复“删除我的数据”。
        """);

    private Chat NewChat() => new(services => services.AddSingleton<IPrivacyRequests>(_requests));
}
