using Bot.Data.Policies;
using Bot.Data.Postgres;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class PoliciesTests : StoreFixture
{
    private static readonly DateOnly s_day = new(2026, 11, 23);

    private PostgresPolicies _one = null!;
    private PostgresPolicies _other = null!;

    [SetUp]
    public void Meet() => (_one, _other) = (new(One), new(Other));

    internal static Policy Guide(string id, string title = "居住证申领") => new()
    {
        Id = id, Type = PolicyType.Guide, Title = title, Issuer = "滨海市公安局", Category = "户籍",
    };

    [Test]
    public async Task An_import_stands_in_the_audit_log_or_nothing_came_of_it()
    {
        await _one.ImportAsync([Guide("G1"), Guide("G2")], "system:shell", default);
        Assert.That(() => _one.ImportAsync([Guide("G1", "改了"), Guide("G3", "")], "system:nobody", default), Throws.InstanceOf<PostgresException>());
        Assert.That(await AskAsync<string>("select string_agg(actor || ' ' || details::text, ';') from audit_entry where act = 'policy.import' and actor in ('system:shell', 'system:nobody')"),
            Is.EqualTo("system:shell {\"rows\":\"2\",\"changed\":\"2\"}"));
    }

    [Test]
    public async Task Gives_back_all_that_was_imported()
    {
        var whole = new Policy
        {
            Id = "G-1_a", Type = PolicyType.Explanation, Title = "标题", DocumentNumber = "滨政发〔2026〕1号", Issuer = "市政府", Category = "综合",
            WrittenOn = s_day, PublishedOn = s_day.AddDays(1), EffectiveOn = s_day.AddDays(2), LapsesOn = s_day.AddDays(3), Status = PolicyStatus.Amended,
            SuccessorId = "G2", Summary = "要点", Body = "正文\n😀", Who = "对象", Conditions = "条件", Materials = ["身份证", "照片"], Steps = ["一", "二"],
            Place = "地点", Fee = "不收费", TimeLimit = "5个工作日", LegalBasis = ["依据"], Aliases = ["暂住证"], Origin = "来源", Note = "提示",
        };
        Assert.That(await _one.ImportAsync([whole, Guide("G2")], default), Is.EqualTo(2));

        var read = await _other.PublishedAsync(default);
        Assert.That(read.Select(p => p.Id), Is.EqualTo(["G-1_a", "G2"]));
        Assert.That(read[0].UpdatedAt, Is.GreaterThan(DateTimeOffset.UnixEpoch));
        foreach (var property in typeof(Policy).GetProperties().Where(p => p.Name is not (nameof(Policy.UpdatedAt) or nameof(Policy.Version))))
            Assert.That(property.GetValue(read[0]), Is.EqualTo(property.GetValue(whole)), property.Name);
        Assert.That((read[1].EffectiveOn, read[1].Materials.Count, read[1].Note), Is.EqualTo(((DateOnly?)null, 0, "")));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Keeps_every_type_and_status(PolicyType type, PolicyStatus status)
    {
        await _one.ImportAsync([Guide("G1") with { Type = type, Status = status }], default);
        var read = (await _one.PublishedAsync(default)).Single();
        Assert.That((read.Type, read.Status), Is.EqualTo((type, status)));
    }

    private static IEnumerable<object[]> Kinds() =>
        from type in Enum.GetValues<PolicyType>() from status in Enum.GetValues<PolicyStatus>() select new object[] { type, status };

    [Test]
    public async Task Importing_the_same_again_changes_nothing()
    {
        await _one.ImportAsync([Guide("G1"), Guide("G2")], default);
        var before = await _one.PublishedAsync(default);
        Assert.That(await _other.ImportAsync([Guide("G1"), Guide("G2")], default), Is.Zero);
        Assert.That(await _other.ImportAsync([], default), Is.Zero);
        Assert.That((await _one.PublishedAsync(default)).Select(p => p.UpdatedAt), Is.EqualTo(before.Select(p => p.UpdatedAt)));
        Assert.That(await _other.ImportAsync([Guide("G1", "新标题"), Guide("G2"), Guide("G3")], default), Is.EqualTo(2));
        Assert.That((await _one.PublishedAsync(default)).Select(p => p.Title), Is.EqualTo(["新标题", "居住证申领", "居住证申领"]));
    }

    [Test]
    public async Task An_import_without_attachments_keeps_those_that_are_there()
    {
        await _one.ImportAsync([Guide("G1") with { Attachments = [7] }], default);
        Assert.That(await _other.ImportAsync([Guide("G1")], default), Is.Zero);
        await _other.ImportAsync([Guide("G1", "新标题")], default);
        Assert.That((await _one.FindAsync(["G1"], default)).Single().Attachments, Is.EqualTo([7]));
    }

    [Test]
    public async Task Imports_all_or_nothing()
    {
        await _one.ImportAsync([Guide("G1")], default);
        foreach (var bad in new[]
        {
            Guide("G9", ""), Guide("G9") with { Id = "../9" }, Guide("G9") with { SuccessorId = "G9" },
            Guide("G9") with { EffectiveOn = s_day, LapsesOn = s_day.AddDays(-1) }, Guide("G9") with { Body = new string('长', 200_001) },
        })
        {
            Assert.That(() => _one.ImportAsync([Guide("G1", "改了"), Guide("G2"), bad, Guide("G3")], default), Throws.InstanceOf<PostgresException>());
            Assert.That((await _other.PublishedAsync(default)).Select(p => p.Title), Is.EqualTo(["居住证申领"]));
        }
    }

    [Test]
    public async Task Two_imports_at_once_end_with_one_of_them()
    {
        var ids = Enumerable.Range(0, 200).Select(n => $"G{n:000}").ToArray();
        await Task.WhenAll(
            _one.ImportAsync([.. ids.Select(id => Guide(id, "甲"))], default), _other.ImportAsync([.. ids.Reverse().Select(id => Guide(id, "乙"))], default));
        Assert.That((await _one.PublishedAsync(default)).Select(p => p.Title).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Counts_readings_and_ranks_by_them()
    {
        await _one.ImportAsync([Guide("G1"), Guide("G2"), Guide("G3"), Guide("G4")], default);
        await _one.ReadAsync(new Dictionary<string, int> { ["G1"] = 1, ["G2"] = 5, ["gone"] = 9 }, s_day, default);
        await _other.ReadAsync(new Dictionary<string, int> { ["G1"] = 5, ["G3"] = 5 }, s_day, default);
        await _one.ReadAsync(new Dictionary<string, int> { ["G4"] = 100 }, s_day.AddDays(-40), default);

        Assert.That(await _one.MostReadAsync(s_day.AddDays(-30), 9, default), Is.EqualTo(["G1", "G2", "G3"]));
        Assert.That(await _one.MostReadAsync(s_day.AddDays(-40), 2, default), Is.EqualTo(["G4", "G1"]));
        Assert.That(await _one.MostReadAsync(s_day.AddDays(1), 9, default), Is.Empty);
    }

    [Test]
    public async Task Counts_what_many_hosts_read_at_once()
    {
        await _one.ImportAsync([.. Enumerable.Range(0, 50).Select(n => Guide($"G{n}"))], default);
        var readings = Enumerable.Range(0, 50).ToDictionary(n => $"G{n}", _ => 1);
        var backwards = readings.Reverse().ToDictionary(r => r.Key, r => r.Value);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? _one : _other).ReadAsync(n % 2 == 0 ? readings : backwards, s_day, default)));
        Assert.That(await AskAsync<long>("select min(readings) + max(readings) from policy_reading"), Is.EqualTo(40));
    }
}
