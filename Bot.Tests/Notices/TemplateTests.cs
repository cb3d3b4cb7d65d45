using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.WeChat.Api;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class TemplateTests : NoticeFixture
{
    private static readonly Dictionary<string, string> s_noCodes = [];

    private INoticeTemplates Templates => Get<INoticeTemplates>();

    [Test]
    public async Task A_notice_keeps_the_version_that_it_was_made_with()
    {
        var id = await MakeAsync(1);
        var changed = BenchTemplate.Info with { Content = "事项:{{thing1.DATA}}" };

        Assert.That(await Templates.SyncAsync([changed], s_noCodes, default), Is.EqualTo(new TemplatesSynced(0, 1, 0)));

        var kept = (await Templates.VersionAsync((await Notices.FindAsync(id, default))!.TemplateVersion, default))!;
        var latest = (await Templates.FindAsync(BenchTemplate.Code, default))!.Latest;
        Assert.That((kept.Version, kept.Content), Is.EqualTo((1, BenchTemplate.Info.Content)));
        Assert.That((latest.Version, latest.Fields.Select(f => f.Name).Single()), Is.EqualTo((2, "thing1")));
        Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync("update notice_template_version set content = 'x'"));
    }

    [Test]
    public async Task A_template_that_vanished_is_inactive_until_it_comes_back()
    {
        await Templates.SyncAsync([], s_noCodes, default);
        Assert.That((await Templates.FindAsync("TEMPLATE", default))!.Active, Is.False);

        Assert.That(await Templates.SyncAsync([BenchTemplate.Info], s_noCodes, default), Is.EqualTo(new TemplatesSynced(0, 0, 0)));
        Assert.That((await Templates.FindAsync(BenchTemplate.Code, default))!.Active, Is.True);
    }

    [Test]
    public async Task New_templates_get_codes_and_may_be_renamed()
    {
        var more = new TemplateInfo("OTHER", "预约成功通知", "预约事项:{{thing1.DATA}}");
        var twin = new TemplateInfo("TWIN", "预约成功通知", "预约事项:{{thing1.DATA}}");
        await Templates.SyncAsync([BenchTemplate.Info, more, twin], new Dictionary<string, string> { [more.Title] = "booking" }, default);

        var all = await Templates.AllAsync(default);
        Assert.That(all.Select(t => t.TemplateId), Is.EquivalentTo(["TEMPLATE", "OTHER", "TWIN"]));
        Assert.That(all.Single(t => t.TemplateId == "OTHER").Code, Is.EqualTo("booking"));
        var twins = all.Single(t => t.TemplateId == "TWIN");
        Assert.That(twins.Code, Does.Match("^T[0-9]+$"));
        Assert.That(await Templates.NameAsync(twins.Id, "booking", "", "clerk", default), Is.False);
        Assert.That(await Templates.NameAsync(twins.Id, "not a code", "", "clerk", default), Is.False);
        Assert.That(await Templates.NameAsync(twins.Id, "booking-2", "预约", "clerk", default), Is.True);

        // By the name that the next one would have been given.
        Assert.That(await Templates.NameAsync(twins.Id, $"T{twins.Id + 1}", "预约", "clerk", default), Is.True);
        await Templates.SyncAsync([BenchTemplate.Info, more, twin, new("NEXT", "新模板", "{{thing1.DATA}}")], s_noCodes, default);
        Assert.That((await Templates.FindAsync("NEXT", default))!.Code, Does.Match("^T[0-9]+$").And.Not.EqualTo($"T{twins.Id + 1}"));
    }

    [Test]
    public async Task What_was_written_down_by_hand_stays_until_WeChat_lists_it()
    {
        DefinedTemplate mine = new("water", "WATER", "水费通知", "金额:{{amount1.DATA}}");
        Assert.That(await Templates.DefineAsync(mine, "admin", default), Is.EqualTo(TemplateDefinition.Kept));
        Assert.That(await Templates.DefineAsync(mine with { Content = "应缴:{{amount1.DATA}}" }, "admin", default), Is.EqualTo(TemplateDefinition.Kept), "mended");
        Assert.That(await Templates.DefineAsync(mine with { TemplateId = "ELSE", Code = BenchTemplate.Code }, "admin", default), Is.EqualTo(TemplateDefinition.BadCode));
        Assert.That(await Templates.DefineAsync(mine with { TemplateId = "TEMPLATE" }, "admin", default), Is.EqualTo(TemplateDefinition.Synced));

        await Templates.SyncAsync([BenchTemplate.Info], s_noCodes, default);
        var found = (await Templates.FindAsync("water", default))!;
        Assert.That((found.Active, found.Defined, found.Latest.Version, found.Latest.Content), Is.EqualTo((true, true, 2, "应缴:{{amount1.DATA}}")));
        Assert.That((await Templates.FormerAsync(default)).Select(v => (v.Template, v.Version, v.Content)), Is.EqualTo([(found.Id, 1, "金额:{{amount1.DATA}}")]));

        Assert.That(await Templates.RetireAsync(found.Id, "admin", default));
        await Templates.SyncAsync([BenchTemplate.Info, new("WATER", "水费", "应缴:{{amount1.DATA}}")], s_noCodes, default);
        found = (await Templates.FindAsync("water", default))!;
        Assert.That((found.Active, found.Defined, found.Latest.Title), Is.EqualTo((true, false, "水费")), "WeChat knows better");
        Assert.That(await Templates.RetireAsync(found.Id, "admin", default), Is.False);
    }

    [Test]
    public async Task Many_hosts_that_sync_at_once_make_one_template_each()
    {
        TemplateInfo[] listed = [BenchTemplate.Info, .. Enumerable.Range(0, 10).Select(i => new TemplateInfo($"ID{i}", $"模板{i}", "{{thing1.DATA}}"))];

        var synced = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Templates.SyncAsync(listed, s_noCodes, default)));

        Assert.That(synced.Sum(s => s.Added), Is.EqualTo(10));
        Assert.That(await Templates.AllAsync(default), Has.Count.EqualTo(11));
    }
}
