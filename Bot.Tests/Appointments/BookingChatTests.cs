using Bot.Data.Policies;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>预约 from the first word to the ticket, and the ways that lead there.</summary>
public sealed class BookingChatTests : BookingChatFixture
{
    [Test]
    public async Task Books_a_visit_from_the_first_word_to_the_ticket()
    {
        Chat.With(new Policy
        {
            Id = "P1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件", Materials = ["身份证", "一寸照片"],
        });
        await ExecuteAsync("update service_item set guide = 'P1' where code = 'jzz'");
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            > 预约
            请问您要办理什么业务？回复数字，或者直接说出事项名称，例如“居住证”：
            1. 居住证申领
            2. 身份证换领
            > １
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            1. 市民中心
            2. 城东大厅
            > 1
            【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
            1. 明天(周二)11月24日 余4
            2. 后天(周三)11月25日 余4
            3. 11月26日(周四) 余4
            4. 11月27日(周五) 余4
            5. 11月28日(周六) 余4
            6. 11月30日(周一) 余4
            7. 12月1日(周二) 余4
            8. 12月2日(周三) 余4
            9. 12月3日(周四) 余4
            （第1/2页，回复“下一页”看更多）
            > 1
            【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
            1. 09:00-09:30 余2
            2. 09:30-10:00 余2
            > 1
            已为您保留这个时段5分钟。
            接下来要填写办事人的姓名、身份证号和手机号，只用于核对身份和办事通知，加密保存；继续填写即表示同意。
            请输入办事人的姓名（为家人预约请回复“家人”）：
            > 王小明
            请输入办事人的18位身份证号：
            > 110101199001010015
            请输入手机号（11位）：
            > 138 0013 8000
            请核对预约信息：
            事项：居住证申领
            地点：市民中心（人民路1号）
            时间：明天(周二)11月24日 09:00-09:30
            办事人：王** 110101********0015
            手机：138****8000
            回复数字确认，回复“返回”修改：
            1. 确认预约
            2. 确认预约，并记住办事人信息，下次免填
            > 1
            预约成功！
            预约号：YY20261123-0001-0
            事项：居住证申领
            地点：市民中心（人民路1号）
            时间：明天(周二)11月24日 09:00-09:30
            办事人：王** 110101********0015
            请携带：1、身份证；2、一寸照片
            大厅开放：周一至周六 09:00-10:00
            到大厅后扫描签到二维码，或者回复“签到”取号（可提前60分钟）。
            …
            查看、改期、取消：回复“我的预约”
            """);
    }

    [TestCase("办居住证")]
    [TestCase("我要办居住证")]
    [TestCase("预约居住证")]
    [TestCase("预约 居住证申领")]
    public Task A_service_that_was_named_is_not_asked_for(string words) => PlaysAsync(
        $"""
        > {words}
        【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
        1. 市民中心
        2. 城东大厅
        """);

    [Test]
    public Task Posters_lead_to_their_service_or_hall() => PlaysAsync(
        """
        >! scan svc_sfz
        【身份证换领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
        …
        >! scan branch_east
        【城东大厅】可以预约以下事项，请回复数字，或者直接说出事项名称：
        1. 居住证申领
        2. 身份证换领
        > 身份证
        【城东大厅】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        """);

    [Test]
    public Task The_nearest_hall_comes_first_once_a_place_is_known() => PlaysAsync(
        """
        > 预约居住证
        …
        >! at 30.1,120.1
        【居住证申领】请选择办事大厅，离您近的在前面：
        1. 城东大厅（0.0公里）
        2. 市民中心（14.7公里）
        > 取消
        …
        >! at 30.1,120.1
        您的位置已收到。离您最近的办事大厅（回复数字可以预约）：
        1. 城东大厅（0.0公里）东湖路8号
        2. 市民中心（14.7公里）人民路1号
        > 预约居住证
        【居住证申领】请选择办事大厅，离您近的在前面：
        1. 城东大厅（0.0公里）
        …
        """);

    [Test]
    public async Task The_card_of_a_guide_leads_to_booking_its_service()
    {
        Chat.With(new Policy { Id = "P1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件", Summary = "满半年可申领。" });
        await ExecuteAsync("update service_item set guide = 'P1' where code = 'jzz'");
        await Stores.LoadAsync();
        await PlaysAsync(
            """
            > 政策 居住证申领
            …
            > 1
            …
            这有帮助吗？
            1. 有帮助
            2. 没有解决
            3. 预约办理
            > 3
            【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
            …
            """);
    }
}
