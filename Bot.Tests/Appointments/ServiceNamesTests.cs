using Bot.Data.Appointments;
using Bot.Data.Policies;
using Bot.Handlers.Appointments;
using Bot.Handlers.Policies;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

public sealed class ServiceNamesTests
{
    private readonly AppointmentPlans _plans = new();
    private readonly PolicyLibrary _library = new();

    [Test]
    public void A_name_that_is_new_in_the_plan_or_in_the_guide_is_known_at_once_and_one_taken_back_no_more()
    {
        var names = new ServiceNames(_plans, _library);
        Assert.That(names.Find("居住证"), Is.Null);

        _plans.Replace(Offering("居住证"));
        Assert.That(names.Asked("我要办一下居住证")?.Code, Is.EqualTo("jzz"));
        _plans.Replace(Offering("暂住证"));
        Assert.That((names.Find("居住证"), names.Find("暂住证")?.Code), Is.EqualTo(((ServiceItem?)null, "jzz")));

        _library.Replace(new([Guide("居住登记凭证")]));
        Assert.That(names.Find("居住登记凭证")?.Code, Is.EqualTo("jzz"));
        _library.Replace(new([Guide("别的")]));
        Assert.That(names.Find("居住登记凭证"), Is.Null);
    }

    private static AppointmentPlan Offering(string alias) => new(
        [new("center", "center", "市民中心", "人民路1号", "", "", 30.0, 120.0, true)], [new("jzz", "gongan", "居住证申领", [alias], "G1", 15, 1, true)],
        [new(1, "center", "户籍窗口", "A", 30, 1, 1, true) { Services = ["jzz"] }], [], new());

    private static Policy Guide(string title) => new() { Id = "G1", Type = PolicyType.Guide, Title = title, Issuer = "公安局", Category = "户籍" };
}
