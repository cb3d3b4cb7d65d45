using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Consultations;
using Bot.Data.Notices;
using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Participation.Consultations;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Consultations from the draft to the report, in the console and on the page; and how surveys and consultations go out to their audience.</summary>
public sealed class ParticipationPagesTests
{
    private TestHost _host = null!;
    private HttpClient _writer = null!;
    private HttpClient _second = null!;
    private HttpClient _visitor = null!;

    private IConsultations Consultations => _host.Services.GetRequiredService<IConsultations>();

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync(settings: [("Notices:QuietHours", ""), ("Notices:RatePerSecond", "0")]);
        (_writer, _second, _visitor) = (await _host.SignInAsync("bianji"), await _host.SignInAsync("admin"), _host.Visitor());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _writer.Dispose();
        _second.Dispose();
        _visitor.Dispose();
        await _host.DisposeAsync();
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static async Task<string> ActedAsync(HttpClient who, string path, string? handler, Dictionary<string, string?> fields)
    {
        using var answer = await who.SendAsync(path, handler, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await TextAsync(answer));
        return answer.Headers.Location!.ToString();
    }

    private static async Task<string> RefusedAsync(HttpClient who, string path, string? handler, Dictionary<string, string?> fields)
    {
        using var answer = await who.SendAsync(path, handler, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await TextAsync(answer);
    }

    private static Dictionary<string, string?> Head(int days, string why = "", string title = "夜市管理规定（征求意见稿）") => new()
    {
        ["Input.Title"] = title, ["Input.Department"] = "市城市管理局", ["Input.Background"] = "夜市扰民，也带来生意。",
        ["Input.OpensAt"] = DateTime.UtcNow.AddHours(7).ToString("yyyy-MM-ddTHH:mm", null), ["Input.ClosesAt"] = DateTime.UtcNow.AddHours(7).AddDays(days).ToString("yyyy-MM-ddTHH:mm", null),
        ["Input.WhyShort"] = why,
    };

    private async Task<string> PublishedAsync(string title)
    {
        var path = await ActedAsync(_writer, "/console/consultations/0/edit", null, Head(31, title: title));
        await ActedAsync(_writer, $"{path}/parts/new", null, new() { ["Input.Title"] = "第一条 时间", ["Input.Text"] = "夜市营业到22点。" });
        await ActedAsync(_writer, path, "Submit", []);
        await ActedAsync(_second, path, "Publish", []);
        return path;
    }

    private static long Id(string path) => long.Parse(path[(path.LastIndexOf('/') + 1)..], null);

    [Test]
    public async Task A_draft_is_written_by_one_and_published_by_another_with_its_time_explained()
    {
        Assert.That(await RefusedAsync(_writer, "/console/consultations/0/edit", null, Head(7)), Does.Contain("征集时间不足 30 天，请写明缩短期限的理由"));
        var path = await ActedAsync(_writer, "/console/consultations/0/edit", null, Head(7, "防汛紧急"));
        Assert.That(await RefusedAsync(_writer, path, "Publish", []).ContinueWith(t => t.Exception?.GetBaseException().Message ?? t.Result), Does.Contain("has no form"), "nothing is submitted");
        Assert.That(await _writer.GetStringAsync(path), Does.Contain("还没有正文"));
        await ActedAsync(_writer, $"{path}/parts/new", null, new() { ["Input.Title"] = "第一条 时间", ["Input.Text"] = "夜市营业到22点，去死吧。" });
        Assert.That(await _writer.GetStringAsync(path), Does.Contain("文中有敏感词：去死吧"));
        await ActedAsync(_writer, $"{path}/parts/s1", null, new() { ["Input.Title"] = "第一条 时间", ["Input.Text"] = "夜市营业到22点。" });
        Assert.That(await _writer.GetStringAsync(path), Does.Contain("征集时间不足 30 天，公开页面会显示缩短期限的理由"));
        await ActedAsync(_writer, path, "Submit", []);
        Assert.That(await _writer.GetStringAsync(path), Does.Not.Contain("handler=Publish"), "not by who wrote it");
        Assert.That((await _visitor.GetAsync($"/consultations/{Id(path)}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await ActedAsync(_second, path, "Publish", []);
        Assert.That(await _visitor.GetStringAsync($"/consultations/{Id(path)}"), Does.Contain("夜市营业到22点。").And.Contain("缩短的理由：防汛紧急"));
        Assert.That(await RefusedAsync(_writer, $"{path}/edit", null, Head(3, "更急")), Does.Contain("已经告诉市民的截止时间不能提前"));
        await Eventually.IsTrueAsync(() => _host.Services.GetRequiredService<ConsultationLibrary>().Find(Id(path)) is not null, "the chat knows it");
    }

    [Test]
    public async Task A_comment_on_the_page_is_looked_through_grouped_answered_and_the_writer_told()
    {
        var path = await PublishedAsync("夜市规定甲");
        var id = Id(path);
        var link = new Uri(await _host.Services.GetRequiredService<ConsultationLinks>().ForAsync(id, new OpenId("oPage-writer"), DateTimeOffset.UtcNow.AddDays(1), default)).PathAndQuery;
        Assert.That(link, Does.Not.Contain("oPage"));
        Assert.That((await _visitor.GetAsync($"{link}x")).Headers.Location?.ToString(), Is.EqualTo($"/consultations/{id}"), "a link that we did not make");
        var expired = new Uri(await _host.Services.GetRequiredService<ConsultationLinks>().ForAsync(id, new OpenId("oPage-writer"), DateTimeOffset.UtcNow.AddSeconds(-1), default)).PathAndQuery;
        Assert.That((await _visitor.GetAsync(expired)).Headers.Location?.ToString(), Is.EqualTo($"/consultations/{id}"), "its time is over");
        Assert.That(await _visitor.GetStringAsync(link), Does.Contain("noindex").And.Contain("unkey"));
        Dictionary<string, string?> words = new() { ["Part"] = "s1", ["Words"] = "建议到23点，我叫王小明，电话13800138000<script>" };
        var (address, hidden) = await _visitor.FormAsync(link, null);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _visitor.PostAsync(address, ConsoleHost.Content(hidden, words));
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"{link}?done=1#comment"));
        }

        Assert.That(await _visitor.GetStringAsync($"{link}?done=1"), Does.Contain("提交成功").And.Not.Contain("建议到23点"), "not before somebody looked at it");
        var page = WebUtility.HtmlDecode(await _second.GetStringAsync($"{path}/comments"));
        Assert.That(Regex.Count(page, "建议到23点，我叫王小明"), Is.EqualTo(1), "sent twice, kept once");
        var comment = Regex.Match(page, "name=\"ids\" value=\"(\\d+)\"").Groups[1].Value;
        await ActedAsync(_second, $"{path}/comments", "Show", new() { ["ids"] = comment });
        var open = await _visitor.GetStringAsync($"/consultations/{id}");
        Assert.That(open, Does.Contain("建议到23点，我叫[姓名]，电话[号码]&lt;script&gt;").And.Not.Contain("王小明").And.Not.Contain("13800138000"));

        var report = $"{path}/report";
        await ActedAsync(_second, report, "Group", []);
        Assert.That(WebUtility.HtmlDecode(await _second.GetStringAsync(report)), Does.Contain("<b>建议到23点，我叫[姓名]，电话[号码]").And.Not.Contain("王小明"), "what a point is called may become public");
        var point = Regex.Match(await _second.GetStringAsync(report), "name=\"Input.Id\" value=\"(\\d+)\"").Groups[1].Value;
        Assert.That(await RefusedAsync(_second, report, "Answer", new() { ["Input.Id"] = point, ["Input.Title"] = "延长", ["Input.Answer"] = "" }), Does.Contain("请填写要点、采纳情况和理由"));
        await ActedAsync(_second, report, "Answer", new() { ["Input.Id"] = point, ["Input.Title"] = "营业时间延长到23点", ["Input.Verdict"] = "Adopted", ["Input.Answer"] = "已改为23点。" });
        await ActedAsync(_second, report, "Save", new() { ["report"] = "共收到1条意见。" });
        Assert.That(await RefusedAsync(_second, report, "Publish", []), Does.Contain("征集截止后才能公布"));
    }

    [Test]
    public async Task The_demo_s_report_is_public_and_what_is_over_takes_no_comment()
    {
        var over = (await Consultations.OverAsync(1, 10, default)).Rows.Single(c => c.Paper.Title.Contains("电梯", StringComparison.Ordinal));
        var page = WebUtility.HtmlDecode(await _visitor.GetStringAsync($"/consultations/{over.Id}"));
        Assert.That(page, Does.Contain("补贴分期拨付").And.Contain("已采纳。改为开工后拨付50%").And.Contain("7 条意见，归纳为 5 个要点：采纳 3 个，部分采纳 1 个，未采纳 1 个").And.Not.Contain("<form"));
        using var late = await _visitor.PostAsync($"/consultations/{over.Id}", new FormUrlEncodedContent([new("version", "1"), new("run", Guid.NewGuid().ToString()), new("Words", "晚了")]));
        Assert.That(await TextAsync(late), Does.Contain("这次征集已经结束"));
        Assert.That(WebUtility.HtmlDecode(await _visitor.GetStringAsync("/consultations")), Does.Contain("滨海市公共停车管理办法").And.Contain("已公布采纳情况"));
    }

    [Test]
    public async Task A_report_follows_the_parts_and_goes_on_over_pages()
    {
        var opened = DateTimeOffset.UtcNow.AddDays(-40);
        ConsultationPaper paper = new("养犬规定", "市公安局", "犬只伤人。", opened, opened.AddDays(31), "", [.. Enumerable.Range(1, 11).Select(i => new ConsultationPart($"s{i}", $"第{i}条", "内容"))]);
        var (desk, comments) = (_host.Services.GetRequiredService<IConsultationDesk>(), _host.Services.GetRequiredService<ICommentDesk>());
        StaffMember one = new(0, "bianji", "周婷", [StaffRole.Editor], null), two = new(0, "admin", "王海", [StaffRole.Administrator], null);
        var id = ((ConsultationSaved.Saved)await desk.SaveAsync(0, 0, paper, one, default)).Id;
        await desk.SubmitAsync(id, 1, one, default);
        await desk.PublishAsync(id, 2, two, default, opened);
        for (var i = 0; i < 102; i++)
            await Consultations.CommentAsync(new(id, 1, i == 0 ? "s10" : i == 1 ? "" : "s2", $"意见{i}", CommentWay.Page, null, Guid.NewGuid(), opened.AddDays(1), []), default);
        var rows = (await comments.ListAsync(id, new(null, null, null, false, ""), 1, 200, default)).Rows;
        await comments.ShowAsync(id, rows.ToDictionary(r => r.Id, r => r.Words), two, default);
        await comments.GroupAsync(id, [.. rows.Select(r => new CommentGroup(r.Part, null, $"要点{r.Words}", [r.Id]))], two, default);
        foreach (var point in await Consultations.PointsAsync(id, default))
            await comments.AnswerAsync(id, point.Id, point.Title, PointVerdict.Declined, "成本所限。", two, default);
        await desk.SaveReportAsync(id, 3, "共102条。", two, default);
        Assert.That(await desk.PublishReportAsync(id, 4, two, default), Is.InstanceOf<ConsultationSaved.Saved>());

        var (first, second) = (WebUtility.HtmlDecode(await _visitor.GetStringAsync($"/consultations/{id}")), WebUtility.HtmlDecode(await _visitor.GetStringAsync($"/consultations/{id}?points=2")));
        string[] Of(string page) => [.. Regex.Matches(page, "class=\"of\">([^<]+)<").Select(m => m.Groups[1].Value)];
        Assert.That((Of(first), Regex.Count(first, "<h3>"), first.Contains("更多要点", StringComparison.Ordinal)), Is.EqualTo((new[] { "全文", "第2条" }, 100, true)));
        Assert.That((Of(second), Regex.Count(second, "<h3>"), second.Contains("更多要点", StringComparison.Ordinal)), Is.EqualTo((new[] { "第2条", "第10条" }, 2, false)));
        Assert.That(Regex.Count(await _second.GetStringAsync($"/console/consultations/{id}/report?p=3"), "id=\"point-"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_waits_is_on_the_first_page_found_by_its_name_and_what_is_public_in_the_sitemap()
    {
        var id = (await Consultations.CurrentAsync(default)).Single(c => c.Paper.Title.Contains("停车", StringComparison.Ordinal)).Id;
        var home = WebUtility.HtmlDecode(await _writer.GetStringAsync("/console"));
        Assert.That(home, Does.Contain("征集意见待审核").And.Contain($"/console/consultations/{id}/comments?state=Waiting").And.Contain("条意见待审核"));
        Assert.That(await _writer.GetStringAsync("/console/search?q=停车管理"), Does.Contain($"href=\"/console/consultations/{id}\""));
        Assert.That(await _writer.GetStringAsync("/console/search?q=开放时间调查"), Does.Contain("href=\"/console/surveys/"));
        Assert.That(await _visitor.GetStringAsync("/sitemap.xml"), Does.Contain($"/consultations/{id}<").And.Contain("/suggestions<").And.Contain("/surveys<"));
        Assert.That(await _visitor.GetStringAsync("/suggestions"), Does.Contain("公园早晨早一小时开门").And.Contain("早晨5点开门"));
    }

    [Test]
    public async Task The_key_of_a_question_that_is_gone_does_not_come_back()
    {
        var survey = await ActedAsync(_writer, "/console/surveys/0/edit", null, new()
        {
            ["Input.Title"] = "出行调查", ["Input.Anonymous"] = "true", ["Input.Kind"] = "all", ["Input.OpensAt"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm", null),
            ["Input.ClosesAt"] = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-ddTHH:mm", null),
        });
        Dictionary<string, string?> question = new() { ["Input.Text"] = "满意吗？", ["Input.Kind"] = "Single", ["Input.Options"] = "满意\n不满意", ["Input.Need"] = "true" };
        await ActedAsync(_writer, $"{survey}/questions/new", null, question);
        await ActedAsync(_writer, $"{survey}/questions/new", null, question);
        await ActedAsync(_writer, survey, "Publish", []);
        await ActedAsync(_writer, survey, "Remove", new() { ["key"] = "q2" });
        await ActedAsync(_writer, survey, "Publish", []);
        await ActedAsync(_writer, $"{survey}/questions/new", null, question);
        var keys = (await _host.Services.GetRequiredService<ISurveyDesk>().FindAsync(Id(survey), default))!.Questions.Select(q => q.Key);
        Assert.That(keys, Is.EqualTo(new[] { "q1", "q3" }), "neither of the newest version nor of an older one");
    }

    [Test]
    public async Task Bad_input_on_the_page_gets_a_clear_sentence_and_is_not_kept()
    {
        var id = Id(await PublishedAsync("夜市规定乙"));
        async Task<(HttpStatusCode Status, string Text)> PostAsync(string part, string words, string version = "1", string? run = null)
        {
            using var answer = await _visitor.PostAsync($"/consultations/{id}", new FormUrlEncodedContent([new("version", version), new("run", run ?? Guid.NewGuid().ToString()), new("Part", part), new("Words", words)]));
            return (answer.StatusCode, await TextAsync(answer));
        }

        Assert.That((await PostAsync("s1", "  ")).Text, Does.Contain("请先写下您的意见"));
        Assert.That((await PostAsync("s1", new string('长', 2001))).Text, Does.Contain("您写了 2001 字，超过了 2000 字"));
        Assert.That((await PostAsync("s1", "短", run: "x")).Text, Does.Contain("没有提交成功"));
        Assert.That((await PostAsync("s99", "没有这一部分")).Text, Does.Contain("没有这一部分"));
        Assert.That((await PostAsync("s1", "没有这一版", version: "9")).Text, Does.Contain("意见没有提交"));
        Assert.That((await PostAsync("s1", new string('x', 100_000))).Text, Does.Contain("内容太长或不完整，没有提交成功"));

        Assert.That((await Consultations.CountAsync(id, default)).All, Is.Zero);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
            answers.Add((await PostAsync("s1", $"第{i}条")).Status);
        Assert.That(answers, Does.Contain(HttpStatusCode.TooManyRequests), "one address writes now and then");
        Assert.That((await Consultations.CountAsync(id, default)).All, Is.InRange(1, 5));
    }

    [Test]
    public async Task What_is_published_goes_to_its_audience_through_the_notice_engine()
    {
        await Eventually.IsTrueAsync(async () => await _host.Services.GetRequiredService<INoticeTemplates>().FindAsync("progress", default) is not null, "the templates are there");
        string[] subscribers = ["oSub-1", "oSub-2", "oSub-3"];
        foreach (var openId in subscribers)
            await _host.Services.GetRequiredService<ITopics>().JoinAsync("养老", new OpenId(openId), default);
        var closes = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-ddTHH:mm", null);
        var survey = await ActedAsync(_second, "/console/surveys/0/edit", null, new()
        {
            ["Input.Title"] = "养老服务调查", ["Input.Anonymous"] = "true", ["Input.Kind"] = "topic", ["Input.Choice[topic]"] = "养老",
            ["Input.OpensAt"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm", null), ["Input.ClosesAt"] = closes,
        });
        await ActedAsync(_second, $"{survey}/questions/new", null, new() { ["Input.Text"] = "满意吗？", ["Input.Kind"] = "Single", ["Input.Options"] = "满意\n不满意", ["Input.Need"] = "true" });
        await ActedAsync(_second, survey, "Publish", []);
        var notice = await SentAsync(survey, "topic", "养老");
        Assert.That((notice.Audience, notice.Recipients, notice.ApprovedBy), Is.EqualTo(("主题订阅者：养老", 3, "shenhe")));
        Assert.That(notice.Url, Does.EndWith($"/surveys/{Id(survey)}"));
        Assert.That((await _host.Services.GetRequiredService<INotices>().RecipientsAsync(notice.Id, null, 0, 9, default)).Select(r => r.To.Value), Is.EquivalentTo(subscribers), "each once");

        using var added = await _host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"count":5,"follows":true}""", System.Text.Encoding.UTF8, "application/json"));
        added.EnsureSuccessStatusCode();
        var consultation = await PublishedAsync("夜市规定丙");
        var all = await SentAsync(consultation, "all", "all");
        Assert.That((all.Audience, all.Recipients, all.Counts.Sent + all.Counts.Delivered), Is.EqualTo(("全部关注者", 5, 5)), "handed over or delivered already");
        Assert.That(all.Url, Does.EndWith($"/consultations/{Id(consultation)}"));
    }

    // From the link on the page to the last recipient's state.
    private async Task<Notice> SentAsync(string page, string kind, string choice)
    {
        var link = Regex.Match(WebUtility.HtmlDecode(await _second.GetStringAsync(page)), $"href=\"(/console/notices/new\\?kind={kind}[^\"]+)\"").Groups[1].Value;
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.That((query[$"choice[{kind}]"], query["link"]), Is.EqualTo((choice, query["link"])));
        var draft = await ActedAsync(_second, $"{link}&template=progress", null, new()
        {
            ["Fields[thing1]"] = "征求您的意见", ["Fields[phrase2]"] = "正在进行", ["Fields[time3]"] = "2026年11月28日 10:00", ["Fields[character_string4]"] = "TS1",
            ["Kind"] = kind, [$"Choice[{kind}]"] = choice, ["Link"] = query["link"],
        });
        await ActedAsync(_second, draft, "Submit", []);
        using var approver = await _host.SignInAsync("shenhe");
        await ActedAsync(approver, draft, "Approve", []);
        var notices = _host.Services.GetRequiredService<INotices>();
        var id = draft[(draft.LastIndexOf('/') + 1)..];
        await Eventually.IsTrueAsync(async () => (await notices.FindAsync(id, default))!.Status is NoticeStatus.Done, "it is sent to its end");
        var done = (await notices.FindAsync(id, default))!;
        return done;
    }
}
