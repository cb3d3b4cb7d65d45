using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bot.Data;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class MigrationTests
{
    // A landed migration is never edited: databases out there have run it as it was. Write a new one, and add its digest here.
    private static readonly Dictionary<string, string> s_landed = new()
    {
        ["0001_foundation"] = "26999f7f1029edd7e36f5364a8001a41b9c092c5c4e2dc2cfdd71a3814b4ff8d",
        ["0002_policies"] = "404120c1907108f189f4aa8e9759e486dd2595990aee72d6ed89cf324eadd04b",
        ["0003_notices"] = "b67690d006463c1f0cad85953f81dd9de4ee9c3a2ff7d4c20642bea5d75ef0db",
        ["0004_api_keys"] = "5b2876ae8f132d602acab773184b5630924039baf59162eafce326e18f3df735",
        ["0005_work"] = "7dbb352c4519983727dd54cd78550b31599a98c52b46da35f4d2bff7e9bfb790",
        ["0006_staff"] = "76220f4b5ede9b2dab52a0f67985a1527934abde0e079b732eda09c55f524568",
        ["0007_policy_learning"] = "f6859f6b614d5bf25eb50ab658078ba7042440b04fafa7f133dd749ae9a0ca4e",
        ["0008_notice_more"] = "f23dfd309c72060f95e60c99d71a52f52eaab040f20ae7086f11598f2bcb0915",
        ["0009_appointments"] = "f51c8075b0ca56b6e0646e94189572ace8ddaa59bd649730891d76b51e86849e",
        ["0010_cases"] = "df530123a60ac140cb7b58fb9c40f00ea324ba5b772ff85480305da34324eed3",
        ["0011_trust"] = "0fcf5f85b26fc1cc641300429943e315f530424d21af47c38856c9544a1abdf6",
        ["0012_articles"] = "ecdf372ff236c5c5b65fca952b0e078e52f4b277be084136f9fe3f778fabb16a",
        ["0013_priority_places"] = "6836a4d20ad9aee7b80689a2e52fc9f75224333063220350e03d23870ec9ad7b",
        ["0014_case_more"] = "6c6855f7b982fec210fecff2c6a770fa5c1a03ba522f67e7aba8721017567e54",
        ["0015_notice_settled"] = "1c70386040fd77c8c94f0717be48b4df6409e0288ec107bff83a302f327ae479",
        ["0016_information_requests"] = "7cb33688bb086dddc817c56969b1793c86596450f3850cfc096baae8c82fb7d5",
        ["0017_waiting_and_appeals"] = "06b928b163adeb230a73fbb0b704b574fc83de43bfdf155f365566d575b1a03c",
        ["0018_surveys"] = "4b4f7f04fa7c5ec9eac67a92511a258b5e2cbe20c4386f825ab31bb03218b8a6",
        ["0019_leaner_bookings"] = "a7c4d557c84ba2e714c4086945a77f7e339ed78a3f24aa81c42ce643e1cd49da",
        ["0020_saved_lists"] = "3666d42660c4d468224ec9eb867c7412f257ffe9ed8de03b703ab8887958db53",
        ["0021_ratings"] = "21e7adeb46eb3ec05f2bb90c32a13ad911f727896de3438b658b1ea2137f3c6c",
        ["0022_take_place"] = "3b787f111ba7e0cf72c035e8c56e9a173d757d9ae826202758369e21a332121a",
        ["0023_participation"] = "568ac1cfac7f0502b36e6c23e51f478d59157a71d0873fa2a38e19f146860872",
        ["0024_answer_documents"] = "43a4f7d69564ed1cc9e0764191fb8b5e235ada3dde8525a7e64e058ef20f8ebf",
        ["0025_console_more"] = "de5a1e1d8fb88d303fd61e84227b0db92d1fcc56392324529e4f5abf53cf52c4",
        ["0026_notice_spans"] = "1387d0bed7d5480e001b8660add2cf21db599eb9a2fe63c4e0e93216e5f330f5",
        ["0027_consultation_more"] = "9dd41fc18eb34e6e8359d04dc65c35ba0c7de887adb3f10efe8b58eb3a4408a1",
        ["0028_pushes"] = "34a6ad6fb5cb53c7d68ed0cf7282cfa69ccc6d2a019ece65969af49a767053e7",
        ["0029_rated"] = "30b32c031d9b9d4532a6e59f1dda0c45e34163a3fcd83addfa7d02d18f5ce350",
        ["0030_oidc_subject"] = "3206512aeba4580e913c053d4c3ad534a7966395e272e6a78d7af8a182e94d8c",
        ["0031_book_places"] = "1994510bfdb5a79f15024d74969ffd86404fce2b0071ab17addf67d5f22abdf3",
        ["0032_notice_begun"] = "872138c09c231b6e45036bd661aa49169ba533d86ee889502319dbf7c1a5a673",
        ["0033_booking_queue"] = "2e43e093823e0ab862f7a7517e71f10d03b5b06377b3a2b82880e8ee59ed961d",
        ["0034_console_lists"] = "d0d752e5cfcdfb32cd4b0d0b61482b783cefc6514a0d8e6635fcdf415bf35fb9",
        ["0035_forgetting"] = "b6b50f5313d188ddbdec72dbe45f54f976847861a2dd70edd6a821cf91d637b3",
        ["0036_sealed_words"] = "5926981d41b2da05f9ba114ccb2c15e0f16186174791b9e4401fd6cffc4be43f",
        ["0037_book_together"] = "c75cbeeb245a9b8f9551ffcd6c80407a506086c5dde1856cff51151d27087cd5",
        ["0038_api_access"] = "7d329bbe44fdda2351fec35b33217e1ce8149626fbbda6006e72b5b6a52b420c",
        ["0039_console_trust"] = "487f5708b805e6d6b593d5dc55be8ce358b4be0ea6c4419c9ca31d59557032b2",
        ["0040_priority_holds"] = "4d38c170d63aa50c59c6121649a3aa014155413431c1d50d1720e0306366d64e",
        ["0041_sealed_pictures"] = "359d54600ca333c1e6765d68987a42508ef2d178c27e96b51b3a5b9bce783c3d",
        ["0042_booking_care"] = "917523295c8c964a59b0a380170a17893e4387752d9323ab99567537c066cea0",
        ["0043_notice_answers"] = "9a980ec1242d3cb65c42e0ce845b2533a8fe226c1e71169e1e141af99b08b189",
        ["0044_firmer"] = "a32b70a30f5c1462d579dec2c8d366269784f608b8c3c89c0d48dfc62bdb40c0",
        ["0045_console_indexes"] = "d6767568d13a1e3a8c0d679ecc237fce1ec533e7d8d28d4bc1686db3d69de796",
        ["0046_notice_outcomes"] = "f2c1e622b41a7ddc0efcaaca97a1074ec7577a7f3b74e0eba792baa31a507532",
        ["0047_notice_care"] = "84d1d7659d4e4fa65e43ab3b6b82d106aed4e42fb95aae59ea94a3f524fb31d1",
        ["0048_one_count"] = "6c7b2e590d781ac19eda62fbd1b85f9808d78d4cd698370188870591d808b2d7",
    };

    [Test]
    public void They_are_numbered_one_after_the_other() =>
        Assert.That(s_landed.Keys.Select(name => int.Parse(name.AsSpan(0, 4), null)), Is.EqualTo(Enumerable.Range(1, s_landed.Count)));

    // While hosts are replaced one by one, those of the release before go on with the new tables: what they read and write must still be there.
    // A text may get a length: it is read and written as before.
    [TestCaseSource(nameof(All))]
    public void Adds_only_and_takes_nothing_from_the_release_before(string name)
    {
        using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream($"Migrations/{name}.sql")!);
        foreach (var statement in Regex.Replace(reader.ReadToEnd(), "(?m)--.*$", "").Split(';').Select(s => Regex.Replace(s.Trim().ToLowerInvariant(), @"\s+", " ")))
        {
            Assert.That(statement, Does.Not.Match(@"^(drop (table|view|type|sequence)|truncate)\b"), name);
            if (!statement.StartsWith("alter table", StringComparison.Ordinal))
                continue;
            Assert.That(statement, Does.Not.Match(@"\bdrop (column )?(?!constraint|not null|default|expression|identity)\w+|\brename\b|\bset not null\b|\btype (?!varchar\()\w+|\bset schema\b"), name);
            foreach (var column in Regex.Matches(statement, @"\badd (?:column )?(?:if not exists )?(?!constraint|check|unique|primary|foreign|exclude)\w+ [^,]*").Select(m => m.Value).Where(c => c.Contains("not null", StringComparison.Ordinal)))
                Assert.That(column, Does.Match(@"\b(default|generated)\b"), $"{name}: the release before inserts rows without it");
        }
    }

    private static IEnumerable<string> All() => s_landed.Keys;

    [Test]
    public void No_landed_migration_was_edited()
    {
        var assembly = typeof(Migrator).Assembly;
        var actual = assembly.GetManifestResourceNames().Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal)).ToDictionary(
            name => Path.GetFileNameWithoutExtension(name),
            name => Convert.ToHexStringLower(SHA256.HashData(assembly.GetManifestResourceStream(name)!)));
        Assert.That(actual, Is.EquivalentTo(s_landed));
    }
}
