using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Bot.Data.ApiKeys;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Tests.Infrastructure;
using Bot.Tests.Pages.Console;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Endpoints;

/// <summary>Cases as others read and file them: Open311 GeoReport v2, the public pages, and the table to take away.</summary>
[NonParallelizable]
public sealed class Open311Tests
{
    private static readonly StaffMember s_centre = new(1, "shouli", "李敏", [StaffRole.Agent], "center");
    private static readonly StaffMember s_second = new(2, "admin", "王海", [StaffRole.Administrator], "center");

    private TestHost _host = null!;
    private string _key = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        _key = await _host.Services.GetRequiredService<IApiKeys>().AddAsync("城管系统", ApiKeyKind.Live, "test", default);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Services_and_their_questions_are_told_in_JSON_and_XML()
    {
        var services = await JsonAsync("services.json");
        var noise = services.EnumerateArray().Single(s => s.GetProperty("service_code").GetString() == "noise");
        Assert.That((noise.GetProperty("service_name").GetString(), noise.GetProperty("metadata").GetBoolean(), noise.GetProperty("type").GetString()),
            Is.EqualTo(("噪声扰民", true, "realtime")));
        Assert.That(services.EnumerateArray().Select(s => s.GetProperty("group").GetString()), Has.None.EqualTo("举报"));

        var xml = await XmlAsync("services.xml");
        Assert.That((xml.Name.LocalName, xml.Elements("service").Count()), Is.EqualTo(("services", services.GetArrayLength())));
        var definition = await XmlAsync("services/noise.xml");
        Assert.That((definition.Name.LocalName, definition.Element("service_code")!.Value), Is.EqualTo(("service_definition", "noise")));
        var attribute = definition.Element("attributes")!.Elements("attribute").First();
        Assert.That((attribute.Element("variable")!.Value, attribute.Element("datatype")!.Value), Is.EqualTo(("true", "singlevaluelist")));
        Assert.That(attribute.Element("values")!.Elements("value").First().Element("key")!.Value, Is.Not.Empty);

        using var unknown = await _host.Client.GetAsync("/open311/v2/services/food-safety.json");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "reports are not offered");
        Assert.That((await XmlAsync("discovery.xml")).Element("endpoints")!.Elements("endpoint").Single().Element("url")!.Value, Does.EndWith("/open311/v2"));
    }

    [TestCase("/open311/v2/requests.json?service_code=%00")]
    [TestCase("/cases?q=a%00b")]
    public async Task A_zero_character_in_an_address_is_refused_and_no_error_of_ours(string path)
    {
        using var answer = await _host.Client.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var visitor = _host.Visitor();
        using var page = await visitor.GetAsync(path);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await page.Content.ReadAsStringAsync(), path.StartsWith("/cases", StringComparison.Ordinal) ? Does.Contain("无法保存的字符") : Is.Not.Null, "in words");
    }

    [TestCase("end_date=0001-01-01T00:00:00Z")]
    [TestCase("start_date=9999-12-31T23:59:59Z")]
    [TestCase("start_date=1999-12-31T00:00:00Z&end_date=2000-01-01T00:00:00Z")]
    public async Task Days_at_the_end_of_the_calendar_are_refused(string query)
    {
        using var answer = await _host.Client.GetAsync($"/open311/v2/requests.json?{query}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Another_system_files_with_its_key_and_reads_where_it_stands()
    {
        Dictionary<string, string> form = new()
        {
            ["service_code"] = "street-light", ["description"] = "路灯不亮 <b>", ["lat"] = "36.07", ["long"] = "120.38", ["last_name"] = "张", ["phone"] = "13800138000",
            ["request_key"] = Guid.NewGuid().ToString(),
        };
        Assert.That((await PostAsync("json", form)).Status, Is.EqualTo(403), "no key");
        form["api_key"] = _key;
        var (status, text) = await PostAsync("json", form);
        var number = JsonDocument.Parse(text).RootElement[0].GetProperty("service_request_id").GetString()!;
        Assert.That(status, Is.EqualTo(201));
        Assert.That((await PostAsync("json", new(form) { ["service_code"] = "noise", ["attribute[q1]"] = "不在所列之中", ["attribute[q2]"] = "夜里", ["request_key"] = "" })).Status, Is.EqualTo(400), "one of the values that the service lists");
        Assert.That((await PostAsync("json", form)).Text, Is.EqualTo(text), "the same request again is the same case");
        Assert.That((await PostAsync("xml", form)).Text, Does.Contain($"<service_requests>").And.Contain($"<service_request_id>{number}</service_request_id>"));
        foreach (var (wrong, value) in (IEnumerable<(string, string)>)[("service_code", "nothing"), ("description", ""), ("lat", "north"), ("description", new('长', 5000))])
        {
            var (refused, why) = await PostAsync("json", new(form) { [wrong] = value, ["address_string"] = "" });
            Assert.That(refused, Is.EqualTo(wrong == "service_code" ? 404 : 400), why);
            Assert.That(JsonDocument.Parse(why).RootElement[0].GetProperty("description").GetString(), Is.Not.Empty);
        }

        Assert.That((await PostAsync("json", new(form) { ["padding"] = new('x', 100_000) })).Status, Is.EqualTo(413));
        var shown = (await XmlAsync($"requests/{number}.xml")).Elements("request").Single();
        Assert.That((shown.Element("status")!.Value, shown.Element("description")!.Value, shown.Element("status_notes")!.Value), Is.EqualTo(("open", "", "待受理")));
        Assert.That((await JsonAsync("requests.json")).EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()), Has.None.EqualTo(number), "not public");
    }

    [Test]
    public async Task What_a_citizen_filed_is_no_other_systems_once_the_citizen_is_forgotten()
    {
        var cases = _host.Services.GetRequiredService<ICases>();
        OpenId citizen = new("oForgotten");
        async Task<string> FileAsync(CaseKind kind, string category, OpenId? by) => (await cases.FileAsync(
            new(Guid.NewGuid(), by, kind, category, "路灯坏了。", [], null, null, "人民路", Anonymous: false, "", Publish: false) { Applicant = kind is CaseKind.Disclosure ? "person" : null }, default)).Number;
        var (own, asked, systems) = (
            await FileAsync(CaseKind.Complaint, "street-light", citizen), await FileAsync(CaseKind.Disclosure, "information-request", citizen), await FileAsync(CaseKind.Complaint, "street-light", null));
        foreach (var records in _host.Services.GetServices<ICitizenRecords>())
            await records.EraseAsync(citizen, default);
        foreach (var (number, found) in new[] { (own, HttpStatusCode.NotFound), (asked, HttpStatusCode.NotFound), (systems, HttpStatusCode.OK) })
        {
            using var answer = await _host.Client.GetAsync($"/open311/v2/requests/{number}.json");
            Assert.That(answer.StatusCode, Is.EqualTo(found), number);
        }
    }

    [Test]
    public async Task A_case_becomes_public_redacted_by_one_and_approved_by_another()
    {
        var (cases, desk) = (_host.Services.GetRequiredService<ICases>(), _host.Services.GetRequiredService<ICaseDesk>());
        var filed = await cases.FileAsync(new(
            Guid.NewGuid(), new OpenId("oPublic"), CaseKind.Complaint, "consumer", "我叫王伟，住幸福小区3号楼2单元501室，电话13800138000，京A12345的车挡住消防通道。", [],
            36.07, 120.38, "", Anonymous: false, "", Publish: true), default);
        await DoAsync(new CaseAct.Accept(), s_centre);
        await DoAsync(new CaseAct.Take(), s_centre);
        await DoAsync(new CaseAct.Reply("已联系李强先生挪车。"), s_centre);
        if ((await desk.FindAsync(filed.Number, s_second, default))!.File.ReplyPending is not null)
            await DoAsync(new CaseAct.ApproveReply(), s_second);

        // As the console proposes it, and a person sends it.
        using var clerk = await _host.SignInAsync("shouli");
        var page = WebUtility.HtmlDecode(await clerk.GetStringAsync($"/console/cases/{filed.Number}"));
        Assert.That(page, Does.Contain("我叫[姓名]，住幸福小区[地址]，电话[号码]，[车牌]的车挡住消防通道。").And.Contain("已联系某先生挪车。"));
        await DoAsync(new CaseAct.Redact("车辆挡住消防通道", "车辆挡住消防通道。", "已联系车主挪车。"), s_centre);
        using (var early = await _host.Client.GetAsync($"/cases/{filed.Number}"))
            Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await DoAsync(new CaseAct.Publish(), s_second);

        var shown = WebUtility.HtmlDecode(await _host.Client.GetStringAsync($"/cases/{filed.Number}"));
        Assert.That(shown, Does.Contain("车辆挡住消防通道。").And.Contain("已联系车主挪车。").And.Contain("用时 1 天").And.Not.Contain("王伟"));
        Assert.That(await _host.Client.GetStringAsync("/cases"), Does.Contain(filed.Number));
        var listed = (await JsonAsync("requests.json?status=open,closed&service_code=consumer,noise")).EnumerateArray().Single();
        Assert.That((listed.GetProperty("service_request_id").GetString(), listed.GetProperty("status").GetString(), listed.GetProperty("description").GetString()),
            Is.EqualTo((filed.Number, "closed", "车辆挡住消防通道。")));
        Assert.That((await JsonAsync("requests.json?status=open&service_code=consumer")).GetArrayLength(), Is.Zero);
        Assert.That((await XmlAsync($"requests.xml?service_request_id={filed.Number}")).Elements("request").Count(), Is.EqualTo(1));

        async Task DoAsync(CaseAct act, StaffMember by)
        {
            var seen = (await desk.FindAsync(filed.Number, by, default))!.File.Version;
            Assert.That(await desk.ActAsync(filed.Number, seen, by, act, default), Is.InstanceOf<CaseOutcome.Changed>(), act.Name);
        }
    }

    [Test]
    public async Task The_table_to_take_away_streams_every_case_without_holding_them()
    {
        const int many = 100_000;
        await using (var connection = await _host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into case_file (number, run_id, kind, category, story, filed_at, accept_by, answer_by)
                select 'TX' || n, gen_random_uuid(), 'complaint', 'noise', '很吵', '2025-03-01T04:00Z', '2025-03-02T04:00Z', '2025-03-20T04:00Z' from generate_series(1, @many) n
                """, new { many }, commandTimeout: 60);
        }

        using var clerk = await _host.SignInAsync("shouli");
        const string day = "from=2025-02-28&to=2025-03-02";
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var most = held;
        using var answer = await clerk.GetAsync($"/console/cases/statistics?handler=Export&format=csv&{day}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var rows = 0;
        for (; await lines.ReadLineAsync() is not null; rows++)
        {
            if (rows % 5000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.That(rows, Is.EqualTo(many + 1));
        Assert.That(most - held, Is.LessThan(16L << 20), "bytes held while it goes out");
        var workbook = await clerk.GetByteArrayAsync($"/console/cases/statistics?handler=Export&format=xlsx&{day}");
        Assert.That(workbook, Has.Length.GreaterThan(100_000));
        Assert.That(workbook[..2], Is.EqualTo("PK"u8.ToArray()));
    }

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await _host.Client.GetStringAsync($"/open311/v2/{path}")).RootElement;

    private async Task<XElement> XmlAsync(string path) => XDocument.Parse(await _host.Client.GetStringAsync($"/open311/v2/{path}")).Root!;

    private async Task<(int Status, string Text)> PostAsync(string format, Dictionary<string, string> form)
    {
        using var answer = await _host.Client.PostAsync($"/open311/v2/requests.{format}", new FormUrlEncodedContent(form));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
