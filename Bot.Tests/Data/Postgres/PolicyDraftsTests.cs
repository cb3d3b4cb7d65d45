using Bot.Data.Policies;
using Bot.Data.Postgres;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class PolicyDraftsTests : StoreFixture
{
    private PostgresPolicyDrafts _drafts = null!;
    private PostgresPolicies _policies = null!;

    [SetUp]
    public void Meet() => (_drafts, _policies) = (new(One), new(Other));

    [Test]
    public async Task Editing_reviewing_and_issuing_takes_two_people_and_keeps_their_names()
    {
        var policy = PoliciesTests.Guide("AU1") with { Materials = ["身份证"], LapsesOn = new DateOnly(2030, 1, 1), Attachments = [7, 8] };
        Assert.That(await _drafts.SaveAsync(policy, 0, "li", default), Is.EqualTo(DraftResult.Done));
        Assert.That(await _policies.PublishedAsync(default), Is.Empty, "nothing is public yet");
        Assert.That(await _drafts.ReviewAsync("AU1", 1, "wang", default), Is.EqualTo(DraftResult.NotNow));
        Assert.That(await _drafts.SubmitAsync("AU1", 1, "li", default), Is.EqualTo(DraftResult.Done));
        Assert.That(await _drafts.ReviewAsync("AU1", 2, "li", default), Is.EqualTo(DraftResult.OwnWork));
        Assert.That(await _drafts.ReviewAsync("AU1", 1, "wang", default), Is.EqualTo(DraftResult.Changed), "an older state was looked at");
        Assert.That(await _drafts.ReviewAsync("AU1", 2, "wang", default), Is.EqualTo(DraftResult.Done));
        Assert.That(await _drafts.IssueAsync("AU1", 3, "li", DateTimeOffset.UtcNow, default), Is.EqualTo(DraftResult.OwnWork));
        Assert.That(await _drafts.IssueAsync("AU1", 3, "zhao", DateTimeOffset.UtcNow, default), Is.EqualTo(DraftResult.Done));

        var published = (await _policies.PublishedAsync(default)).Single();
        Assert.That((published.EditedBy, published.ReviewedBy, published.IssuedBy, published.Version), Is.EqualTo(("li", "wang", "zhao", 1)));
        Assert.That((published.Materials, published.Attachments, published.LapsesOn), Is.EqualTo((policy.Materials, policy.Attachments, policy.LapsesOn)));
        Assert.That(await _drafts.FindAsync("AU1", default), Is.Null);
        Assert.That(await _drafts.SubmitAsync("AU1", 4, "li", default), Is.EqualTo(DraftResult.Gone));
        Assert.That(await AskAsync<long>("select count(*) from audit_entry where subject = 'AU1'"), Is.EqualTo(4));
    }

    [Test]
    public async Task What_is_sent_back_says_why_and_begins_anew()
    {
        await _drafts.SaveAsync(PoliciesTests.Guide("G1"), 0, "li", default);
        await _drafts.SubmitAsync("G1", 1, "li", default);
        await _drafts.ReviewAsync("G1", 2, "wang", default);
        Assert.That(await _drafts.ReturnAsync("G1", 3, "wang", "缺少依据", default), Is.EqualTo(DraftResult.Done));
        var draft = await _drafts.FindAsync("G1", default);
        Assert.That((draft!.State, draft.Remark, draft.ReviewedBy), Is.EqualTo((DraftState.Editing, "缺少依据", (string?)null)));
        Assert.That(await _drafts.SaveAsync(PoliciesTests.Guide("G1", "新题"), 3, "li", default), Is.EqualTo(DraftResult.Changed));
        Assert.That(await _drafts.SaveAsync(PoliciesTests.Guide("G1", "新题"), 4, "zhao", default), Is.EqualTo(DraftResult.Done));
        Assert.That((await _drafts.ListAsync(default)).Select(d => (d.Title, d.EditedBy)), Is.EqualTo([("新题", "zhao")]));
        Assert.That(await _drafts.DiscardAsync("G1", 5, "zhao", default), Is.EqualTo(DraftResult.Done));
        Assert.That(await _drafts.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task What_is_issued_for_later_waits_for_its_time_and_can_be_called_back()
    {
        await IssueAsync("G1", DateTimeOffset.UtcNow.AddHours(1));
        Assert.That(await _policies.PublishedAsync(default), Is.Empty);
        Assert.That(await _drafts.PublishDueAsync("G1", default), Is.False);
        Assert.That(await AskAsync<long>("select count(*) from job where kind = 'policy.publish'"), Is.EqualTo(1));
        await ExecuteAsync("update policy_draft set publish_at = now()");
        Assert.That(await _drafts.PublishDueAsync("G1", default), Is.True);
        Assert.That(await _drafts.PublishDueAsync("G1", default), Is.False, "once");
        Assert.That(await _policies.PublishedAsync(default), Has.Count.EqualTo(1));

        await IssueAsync("G2", DateTimeOffset.UtcNow.AddHours(1));
        Assert.That(await _drafts.ReturnAsync("G2", 4, "wang", "再等等", default), Is.EqualTo(DraftResult.Done));
        await ExecuteAsync("update policy_draft set publish_at = null");
        Assert.That(await _drafts.PublishDueAsync("G2", default), Is.False);
    }

    [Test]
    public async Task Every_public_state_stays_as_a_version()
    {
        await _policies.ImportAsync([PoliciesTests.Guide("G1", "第一版")], default);
        await IssueAsync("G1", DateTimeOffset.UtcNow, "第二版");
        Assert.That(await _drafts.LapseAsync("G1", new DateOnly(2026, 12, 1), "G2", "zhao", default), Is.True);
        Assert.That(await _drafts.WithdrawAsync("G1", "zhao", default), Is.True);
        Assert.That(await _drafts.WithdrawAsync("G1", "zhao", default), Is.False);
        await _policies.ImportAsync([PoliciesTests.Guide("G1", "回来了")], default);

        var versions = await _policies.VersionsAsync("G1", default);
        Assert.That(versions.Select(v => (v.Version, v.Title)), Is.EqualTo([(4, "回来了"), (3, "第二版"), (2, "第二版"), (1, "第一版")]));
        Assert.That((versions[2].EditedBy, versions[1].IssuedBy), Is.EqualTo(("li", "zhao")));
        var third = await _policies.VersionAsync("G1", 3, default);
        Assert.That((third!.SuccessorId, third.LapsesOn), Is.EqualTo(("G2", new DateOnly(2026, 12, 1))));
        Assert.That(await _policies.VersionAsync("G1", 9, default), Is.Null);
        Assert.That((await _policies.RevisionsAsync(default)).Select(r => r.Version), Is.EqualTo([1, 2, 3, 4]));
    }

    [Test]
    public async Task Publishing_has_subscribers_told_and_importing_does_not()
    {
        await _policies.ImportAsync([PoliciesTests.Guide("G1")], default);
        Assert.That(await NewsAsync(), Is.Empty);
        await IssueAsync("G1", DateTimeOffset.UtcNow, "修订");
        await IssueAsync("G2", DateTimeOffset.UtcNow, "新的");
        Assert.That(await NewsAsync(), Is.EqualTo(["G1:amended:2", "G2:published:1"]));

        await _policies.ImportAsync([PoliciesTests.Guide("G3") with { LapsesOn = new(2026, 11, 20) }, PoliciesTests.Guide("G4") with { LapsesOn = new(2026, 11, 1) }], default);
        var days = new PostgresPolicyDays(One);
        await days.TellLapsedAsync(new(2026, 11, 23), default);
        await days.TellLapsedAsync(new(2026, 11, 24), default);
        Assert.That((await NewsAsync())[2..], Is.EqualTo(["G3:lapsed:2026-11-20"]));
    }

    [Test]
    public async Task Says_how_fresh_the_shelf_is()
    {
        DateOnly today = new(2026, 11, 23);
        Assert.That(await _policies.FreshnessAsync(today, 30, default), Is.EqualTo(new PolicyFreshness(null, [])).Using<PolicyFreshness>((a, b) => a.LastPublishedAt == b.LastPublishedAt && a.Lapsing.Count == b.Lapsing.Count));
        await _policies.ImportAsync([.. ((int?[])[null, 0, 1, 30, 31]).Select((d, i) => PoliciesTests.Guide($"G{i}") with { LapsesOn = d is { } n ? today.AddDays(n) : null })], default);
        var fresh = await _policies.FreshnessAsync(today, 30, default);
        Assert.That(fresh.Lapsing.Select(l => l.Id), Is.EqualTo(["G2", "G3"]));
        Assert.That(fresh.LastPublishedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    private async Task IssueAsync(string id, DateTimeOffset at, string title = "题")
    {
        await _drafts.SaveAsync(PoliciesTests.Guide(id, title), 0, "li", default);
        await _drafts.SubmitAsync(id, 1, "li", default);
        await _drafts.ReviewAsync(id, 2, "wang", default);
        Assert.That(await _drafts.IssueAsync(id, 3, "zhao", at, default), Is.EqualTo(DraftResult.Done));
    }

    private async Task<string[]> NewsAsync() => (await AskAsync<string[]>("select coalesce(array_agg(key order by id), '{}') from job where kind = 'policy.news'"))!;
}
