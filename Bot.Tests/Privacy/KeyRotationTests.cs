using Bot.Data;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Tests.Data.Postgres;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

/// <summary>On a table of the test's own; that the real ones are on the list is a House test.</summary>
public sealed class KeyRotationTests : StoreFixture
{
    private const string Old = "old:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string New = "new:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private const int Rows = 5_000;

    private readonly NoWaiting _clock = new();

    private static readonly SealedColumn[] s_columns = [new("person", "phone", "run::text"), new("entry", "contact", "number")];

    [SetUp]
    public void Begin() => _clock.Waits.Clear();

    [SetUp]
    public Task MakeTables() => ExecuteAsync(
        """
        truncate field_key;
        drop table if exists person, entry;
        create table person (id bigint generated always as identity primary key, run uuid not null, phone bytea);
        create table entry (number text not null, month int not null, contact bytea) partition by list (month);
        create table entry_1 partition of entry for values in (1);
        create table entry_2 partition of entry for values in (2);
        """);

    [Test]
    public async Task Seals_every_field_anew_under_the_new_key_and_retires_the_old_one()
    {
        await FillAsync(Old, CipherSuite.Aes);
        var lines = new List<string>();
        var done = await Rotation($"{New},{Old}", CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", lines.Add, default);

        Assert.That((done.Fields, done.Rewrapped, done.Retired), Is.EqualTo((Rows + 2, 2, 1)));
        await AllOpenAsync(New, done.Key);
        Assert.That(await AskAsync<int>($"select count(*) from audit_entry where act = 'keys.rotate' and subject = '{done.Key}'"), Is.EqualTo(1));
        Assert.That(lines, Has.Some.Contains($"person.phone: {Rows} sealed anew"));
    }

    [Test]
    public async Task Goes_on_where_it_was_cut_short()
    {
        await FillAsync(Old, CipherSuite.Aes);
        using var cut = new CancellationTokenSource();
        Assert.That(
            async () => await Rotation(Old, CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", line =>
            {
                if (line.StartsWith("person", StringComparison.Ordinal))
                    cut.Cancel();
            }, cut.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var done = await Rotation(Old, CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", _ => { }, default);
        Assert.That((done.Fields, done.Retired), Is.EqualTo((2, 1)), "what was done before is not done again");
        Assert.That(_clock.Waits, Has.Count.EqualTo(2).And.All.GreaterThan(PostgresFieldCiphers.Kept), "it waits as the first run did: a host may have read the keys a moment ago");
        Assert.That(await AskAsync<int>("select count(*) from field_key where purpose = 'seal'"), Is.EqualTo(2), "the same new key");
        await AllOpenAsync(Old, done.Key);
    }

    [Test]
    public async Task Moves_from_AES_to_SM4_and_finds_equal_values_as_before()
    {
        await FillAsync(Old, CipherSuite.Aes);
        var digest = (await CipherAsync(Old, CipherSuite.Aes)).LookUp("person.phone", "1380");
        var done = await Rotation(Old, CipherSuite.Sm4).RotateAsync(TimeSpan.Zero, "system:test", _ => { }, default);
        await AllOpenAsync(Old, done.Key);
        Assert.That(await AskAsync<string>($"select cipher from field_key where id = {done.Key}"), Is.EqualTo("sm4-gcm"));
        Assert.That((await CipherAsync(Old, CipherSuite.Sm4)).LookUp("person.phone", "1380"), Is.EqualTo(digest));
    }

    [Test]
    public async Task A_host_seals_with_a_new_key_only_from_its_time_on_and_opens_both_always()
    {
        var before = await CipherAsync(Old, CipherSuite.Aes);
        await ExecuteAsync("insert into field_key (purpose, cipher, master, sealed, seals_from) select purpose, cipher, master, sealed, now() + interval '1 hour' from field_key where purpose = 'seal'");
        Assert.That((await CipherAsync(Old, CipherSuite.Aes)).Newest, Is.EqualTo(before.Newest));
        await ExecuteAsync("update field_key set seals_from = now() - interval '1 second'");
        var after = await CipherAsync(Old, CipherSuite.Aes);
        Assert.That(after.Newest, Is.GreaterThan(before.Newest));
        Assert.That(after.Open("a.b", "1", before.Seal("a.b", "1", "text")), Is.EqualTo("text"));
    }

    [Test]
    public async Task Only_one_changes_the_keys_at_a_time()
    {
        await FillAsync(Old, CipherSuite.Aes);
        Task<KeyRotated>? second = null;
        await Rotation(Old, CipherSuite.Aes).RotateAsync(
            TimeSpan.Zero, "system:test", _ => second ??= Rotation(Old, CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", _ => { }, default), default);
        Assert.That(async () => await second!, Throws.TypeOf<OperatorException>().With.Message.Contains("somebody else"));
    }

    [Test]
    public async Task What_a_late_host_sealed_under_a_retired_key_opens_and_is_sealed_anew_the_next_time()
    {
        await FillAsync(Old, CipherSuite.Aes);
        var late = await CipherAsync(Old, CipherSuite.Aes);
        await Rotation($"{New},{Old}", CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", _ => { }, default);
        await ExecuteAsync("insert into entry values ('C', 1, @c)", new { c = late.Seal("entry.contact", "C", "王五") });
        var now = await CipherAsync(New, CipherSuite.Aes);
        Assert.That(now.Open("entry.contact", "C", (await AskAsync<byte[]>("select contact from entry where number = 'C'"))!), Is.EqualTo("王五"), "without the old master key");
        Assert.That(now.Newest, Is.Not.EqualTo(late.Newest));

        var done = await Rotation(New, CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", _ => { }, default);
        Assert.That((done.Fields, done.Retired), Is.EqualTo((Rows + 3, 1)));
        Assert.That(await AskAsync<int>($"select count(*) from entry where substring(contact from 1 for 4) <> int4send({done.Key})"), Is.Zero);
    }

    [Test]
    public async Task A_field_that_does_not_open_is_told_of_and_holds_up_nothing()
    {
        await FillAsync(Old, CipherSuite.Aes);
        await ExecuteAsync("update entry set contact = (select contact from entry where number = 'B') where number = 'A'");
        var lines = new List<string>();
        var done = await Rotation(Old, CipherSuite.Aes).RotateAsync(TimeSpan.Zero, "system:test", lines.Add, default);
        Assert.That((done.Fields, done.Retired), Is.EqualTo((Rows + 1, 1)));
        Assert.That(lines, Has.Some.Contains("entry.contact: 1 do not open"));
    }

    private PostgresKeyRotation Rotation(string keys, CipherSuite suite)
    {
        var ciphers = Ciphers(One, keys, suite);
        return new(One, MasterKeys.TryParse(keys)!, suite, ciphers, s_columns, new PostgresOpenPictures(One, new(ciphers, suite), new(One)), _clock);
    }

    private static PostgresFieldCiphers Ciphers(NpgsqlDataSource db, string keys, CipherSuite suite) =>
        new(db, MasterKeys.TryParse(keys)!, suite, TimeProvider.System);

    private ValueTask<FieldCipher> CipherAsync(string keys, CipherSuite suite) => Ciphers(Other, keys, suite).GetAsync(default);

    private async Task FillAsync(string keys, CipherSuite suite)
    {
        var cipher = await CipherAsync(keys, suite);
        var runs = Enumerable.Range(0, Rows).Select(_ => Guid.NewGuid()).ToArray();
        await ExecuteAsync("insert into person (run, phone) select * from unnest(@runs, @phones); insert into person (run) values (@none)",
            new { runs, phones = runs.Select(run => cipher.Seal("person.phone", run.ToString(), $"1380{run:N}")).ToArray(), none = Guid.NewGuid() });
        await ExecuteAsync("insert into entry values ('A', 1, @a), ('B', 2, @b)",
            new { a = cipher.Seal("entry.contact", "A", "张三"), b = cipher.Seal("entry.contact", "B", "李四") });
    }

    private async Task AllOpenAsync(string keys, int key)
    {
        var cipher = await CipherAsync(keys, CipherSuite.Aes);
        var phones = await One.ReadAsync("select run::text, phone from person where phone is not null", new { },
            row => (Run: row.GetString(0), Value: row.GetFieldValue<byte[]>(1)), default);
        var contacts = await One.ReadAsync("select number, contact from entry order by number", new { },
            row => (Number: row.GetString(0), Value: row.GetFieldValue<byte[]>(1)), default);
        Assert.That(phones.Concat(contacts).Select(f => FieldCipher.KeyOf(f.Value)), Has.Exactly(Rows + 2).Items.And.All.EqualTo(key));
        Assert.That(phones.All(p => cipher.Open("person.phone", p.Run, p.Value) == $"1380{Guid.Parse(p.Run):N}"), Is.True);
        Assert.That(contacts.Select(c => cipher.Open("entry.contact", c.Number, c.Value)), Is.EqualTo(["张三", "李四"]));
    }
}
