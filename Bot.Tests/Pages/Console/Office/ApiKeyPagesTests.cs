using System.Net;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

public sealed class ApiKeyPagesTests : OfficeFixture
{
    [Test]
    public async Task Another_system_is_told_at_an_address_that_the_administrator_sets()
    {
        await Host.Services.GetRequiredService<IApiKeys>().AddAsync("水务系统", ApiKeyKind.Live, "test", default);
        using var wrong = await Admin.SendAsync("/console/api-keys", "Hook", new() { ["Owner"] = "live:水务系统", ["Address"] = "ftp://water" });
        Assert.That(await TextAsync(wrong), Does.Contain("请填写 http 或 https 网址"));
        using var set = await Admin.SendAsync("/console/api-keys", "Hook", new() { ["Owner"] = "live:水务系统", ["Address"] = "https://water.example.gov.cn/n" });
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await Admin.GetStringAsync("/console/api-keys"), Does.Contain("whsec_").And.Contain("https://water.example.gov.cn/n"));
        Assert.That(await Admin.GetStringAsync("/console/api-keys"), Does.Not.Contain("whsec_"), "shown once");
        using var gone = await Admin.SendAsync("/console/api-keys", "Unhook", new() { ["Owner"] = "live:水务系统" });
        Assert.That(await Host.Services.GetRequiredService<INoticeWebhooks>().ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_key_is_given_to_a_department_and_taken_from_it()
    {
        var keys = Host.Services.GetRequiredService<IApiKeys>();
        using var unknown = await Admin.SendAsync("/console/api-keys", "Add", new() { ["Name"] = "医保系统", ["Kind"] = "Test", ["Department"] = "nowhere" });
        Assert.That(await TextAsync(unknown), Does.Contain("没有这个部门"));
        using var made = await Admin.SendAsync("/console/api-keys", "Add", new() { ["Name"] = "医保系统", ["Kind"] = "Test", ["Department"] = "renshe" });
        var key = (await keys.ListAsync(default)).Single(k => k.Name == "医保系统");
        Assert.That(key.Department, Is.EqualTo("renshe"));
        using var moved = await Admin.SendAsync("/console/api-keys", "Assign", new() { ["id"] = $"{key.Id}", ["Department"] = "" });
        Assert.That((await keys.ListAsync(default)).Single(k => k.Id == key.Id).Department, Is.Null);
    }
}
