using System.Security.Cryptography;
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
        ["0003_notices"] = "f8dfe7b01e11e8bb88fcf068a5a3fa46285cd60bda4ee017261d6f9f358bd928",
    };

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
