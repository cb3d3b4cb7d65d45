using System.Security.Cryptography;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Tests.Infrastructure;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class FieldCipherTests
{
    private const string Old = "old:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string New = "new:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task Start() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [Test]
    public async Task What_one_host_sealed_another_opens()
    {
        var (one, other) = (await CipherAsync(Old), await CipherAsync(Old));
        var value = one.Seal("booking.phone", "run-1", "13800138000");
        Assert.That(other.Open("booking.phone", "run-1", value), Is.EqualTo("13800138000"));
        Assert.That(other.LookUp("booking.phone", "13800138000"), Is.EqualTo(one.LookUp("booking.phone", "13800138000")));
    }

    [Test]
    public async Task A_value_does_not_open_in_another_row_or_column_or_when_a_bit_was_changed()
    {
        var cipher = await CipherAsync(Old);
        var value = cipher.Seal("booking.phone", "run-1", "13800138000");
        Assert.That(() => cipher.Open("booking.phone", "run-2", value), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => cipher.Open("booking.name", "run-1", value), Throws.InstanceOf<CryptographicException>());
        for (var i = 0; i < value.Length; i++)
        {
            var changed = value.ToArray();
            changed[i] ^= 1;
            Assert.That(() => cipher.Open("booking.phone", "run-1", changed), Throws.InstanceOf<CryptographicException>(), $"byte {i}");
        }

        Assert.That(() => cipher.Open("booking.phone", "run-1", value.AsSpan(0, 10)), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public async Task The_same_text_is_sealed_differently_each_time_and_found_equally_in_its_own_column_only()
    {
        var cipher = await CipherAsync(Old);
        var (once, again) = (cipher.Seal("a.b", "1", "text"), cipher.Seal("a.b", "1", "text"));
        Assert.That(again, Is.Not.EqualTo(once));
        Assert.That(cipher.LookUp("a.b", "text"), Is.Not.EqualTo(cipher.LookUp("a.c", "text")));
    }

    [Test]
    public async Task The_keys_lie_in_the_database_sealed_under_the_configured_one()
    {
        await CipherAsync(Old);
        var rows = (await _database.DataSource.OpenConnection().QueryAsync<(string Master, byte[] Sealed)>("select master, sealed from field_key")).ToArray();
        Assert.That(rows, Has.Length.EqualTo(2));
        Assert.That(rows, Has.All.Matches<(string Master, byte[] Sealed)>(r => r.Master == "old" && r.Sealed.Length == 60));
    }

    [Test]
    public async Task A_new_master_key_before_the_old_one_still_opens_everything()
    {
        var value = (await CipherAsync(Old)).Seal("a.b", "1", "text");
        Assert.That((await CipherAsync($"{New},{Old}")).Open("a.b", "1", value), Is.EqualTo("text"));
        Assert.That(async () => await CipherAsync(New), Throws.InstanceOf<CryptographicException>().With.Message.Contains("Privacy:Keys"));
    }

    [Test]
    public async Task Hosts_that_start_at_once_agree_on_the_keys()
    {
        var ciphers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CipherAsync(Old))));
        var value = ciphers[0].Seal("a.b", "1", "text");
        foreach (var cipher in ciphers)
            Assert.That(cipher.Open("a.b", "1", value), Is.EqualTo("text"));
    }

    private async Task<FieldCipher> CipherAsync(string keys) =>
        await new PostgresFieldCiphers(_database.DataSource, MasterKeys.TryParse(keys)!, CipherSuite.Aes, TimeProvider.System).GetAsync(default);
}
