using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>Posters hang longer than what they promise: whoever scans one is told, and offered what there is.</summary>
public sealed class PosterChatTests : BookingChatFixture
{
    [Test]
    public async Task A_poster_of_a_service_or_hall_that_is_gone_says_so()
    {
        await ExecuteAsync("update branch set active = false where code = 'east'");
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            >! scan svc_999
            您打开的二维码或菜单已经停用，请从下面选择。
            请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
            1. 居住证申领
            2. 身份证换领
            > 1
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            …
            >! click branch_east
            您打开的二维码或菜单已经停用，请从下面选择。
            请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
            …
            >! follow svc_999
            您好，感谢关注！

            您打开的二维码或菜单已经停用，请从下面选择。
            …
            """);
    }
}
