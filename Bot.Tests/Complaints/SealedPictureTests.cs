using System.Security.Cryptography;
using Bot.Data.Cases;
using Bot.Data.Conversations;
using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Handlers.Complaints;
using Bot.Handlers.Jobs;
using Bot.Handlers.Privacy;
using Bot.Tests.Privacy;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What a backup shows of pictures: nothing, also of those that were kept before they were sealed.</summary>
public sealed class SealedPictureTests : CaseFixture
{
    private readonly PhotoFile _picture = PhotoFile.Read(PhotoTests.Photo())!;

    private ICasePhotos Photos => Chat.Get<ICasePhotos>();

    [SetUp]
    public Task EmptyDesk() => ExecuteAsync("truncate conversation cascade");

    [Test]
    public async Task A_photo_lies_sealed_with_its_thumbnail_and_opens_in_its_own_row_alone()
    {
        var (first, second) = await TwoAsync();
        await ReadsAsync(first);
        Assert.That(await AskAsync<int>("select count(*) from case_photo where content = @Content or thumbnail = @Thumbnail", _picture), Is.Zero);
        Assert.That(await AskAsync<int>("select count(*) from case_photo where octet_length(content) = @Length", new { _picture.Content.Length }), Is.EqualTo(2), "no longer than it was");

        await ExecuteAsync("update case_photo t set content = f.content, seal = f.seal from case_photo f where f.id = @first and t.id = @second", new { first, second });
        Assert.That(async () => await Photos.ReadAsync(second, false, Centre, default), Throws.InstanceOf<CryptographicException>());
        await ExecuteAsync("update case_photo set content = set_byte(content, 8, (get_byte(content, 8) + 1) % 256) where id = @first", new { first });
        Assert.That(async () => await Photos.ReadAsync(first, false, Centre, default), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public async Task The_night_seals_what_an_older_release_kept_as_it_was_sent()
    {
        var (first, second) = await TwoAsync();
        await ExecuteAsync("update case_photo set content = @Content, thumbnail = @Thumbnail, seal = null", _picture);
        var (conversation, line) = await DeskLineAsync();
        await ExecuteAsync($"insert into conversation_picture (line, status, content_type, content, thumbnail) values ({line}, 'kept', @ContentType, @Content, @Thumbnail)", _picture);
        await ReadsAsync(first);

        var outcome = await new PictureSealing(Chat.Get<IOpenPictures>(), Chat.Clock, NullLogger<PictureSealing>.Instance).RunAsync(new Job(1, IOpenPictures.JobKind, "nightly", "{}", 1, Guid.Empty), default);

        Assert.That(((JobOutcome.Again)outcome).At - Chat.Clock.GetUtcNow(), Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromHours(28)));
        Assert.That(await AskAsync<int>("select count(*) from case_photo where content = @Content or thumbnail = @Thumbnail or seal is null", _picture), Is.Zero);
        Assert.That(await AskAsync<int>("select count(*) from conversation_picture where content = @Content or thumbnail = @Thumbnail or seal is null", _picture), Is.Zero);
        await ReadsAsync(first);
        await ReadsAsync(second);
        await ReadsAsync(conversation, line);
    }

    [Test]
    public async Task A_change_of_keys_seals_the_seal_anew_and_leaves_the_picture_alone()
    {
        var (first, _) = await TwoAsync();
        var before = await AskAsync<byte[]>($"select content from case_photo where id = {first}");
        var done = await RotateAsync(CipherSuite.Aes, []);

        Assert.That((done.Fields, done.Retired), Is.EqualTo((2, 1)));
        Assert.That(done.Pictures, Is.Zero);
        Assert.That(await AskAsync<byte[]>($"select content from case_photo where id = {first}"), Is.EqualTo(before));
        await ReadsAsync(first);
    }

    [Test]
    public async Task A_change_of_cipher_seals_the_pictures_anew_and_goes_on_where_it_was()
    {
        var (first, second) = await TwoAsync();
        var (conversation, line) = await DeskLineAsync();
        await Chat.Get<IDeskPictures>().KeepAsync(line, _picture.ContentType, _picture.Content, _picture.Thumbnail!, default);
        var (ofPhoto, ofDesk) = (await AskAsync<byte[]>($"select content from case_photo where id = {second}"), await AskAsync<byte[]>($"select content from conversation_picture where line = {line}"));
        var changed = await AskAsync<byte[]>($"update case_photo set content = set_byte(content, 8, (get_byte(content, 8) + 1) % 256) where id = {first} returning content");

        var lines = new List<string>();
        var done = await RotateAsync(CipherSuite.Sm4, lines);
        Assert.That((done.Fields, done.Pictures), Is.EqualTo((3, 2)), "the seals of all three");
        Assert.That(lines, Has.Some.Contains("case_photo: 1 pictures do not open"));
        Assert.That(await AskAsync<byte[]>($"select content from case_photo where id = {first}"), Is.EqualTo(changed), "what does not open stays");
        Assert.That(await AskAsync<byte[]>($"select content from case_photo where id = {second}"), Is.Not.EqualTo(ofPhoto).And.Not.EqualTo(_picture.Content));
        Assert.That(await AskAsync<byte[]>($"select content from conversation_picture where line = {line}"), Is.Not.EqualTo(ofDesk).And.Not.EqualTo(_picture.Content));
        await ReadsAsync(second);
        await ReadsAsync(conversation, line);

        Assert.That((await RotateAsync(CipherSuite.Sm4, [])).Pictures, Is.Zero, "what is done is not done again");
        await ReadsAsync(second);
    }

    private Task<KeyRotated> RotateAsync(CipherSuite suite, List<string> lines)
    {
        var (db, ciphers) = (Chat.Get<NpgsqlDataSource>(), Chat.Get<IFieldCiphers>());
        var pictures = new PostgresOpenPictures(db, new(ciphers, suite), new(db));
        return new PostgresKeyRotation(db, MasterKeys.None, suite, ciphers, [.. SealedColumns.All.Where(c => c.Column == "seal")], pictures, new NoWaiting())
            .RotateAsync(TimeSpan.Zero, "system:test", lines.Add, default);
    }

    private async Task<(long Conversation, long Line)> DeskLineAsync()
    {
        var conversation = await AskAsync<long>("insert into conversation (openid, opened_at, heard_at, waits) values ('oSent', now(), now(), true) returning id");
        return (conversation, await AskAsync<long>($"insert into conversation_line (conversation, words, at) values ({conversation}, '[图片]', now()) returning id"));
    }

    private async Task ReadsAsync(long conversation, long line)
    {
        var desk = Chat.Get<IDeskPictures>();
        Assert.That((await desk.ReadAsync(conversation, line, false, default))!.Value.Content, Is.EqualTo(_picture.Content));
        Assert.That((await desk.ReadAsync(conversation, line, true, default))!.Value.Content, Is.EqualTo(_picture.Thumbnail));
    }

    private async Task<(long First, long Second)> TwoAsync()
    {
        var run = Guid.NewGuid();
        foreach (var name in (string[])["p1", "p2"])
        {
            await Photos.AddAsync(Citizen, run, name, false, default);
        }

        var ids = (await AskAsync<long[]>("select array_agg(id order by id) from case_photo"))!;
        foreach (var id in ids)
            await Photos.KeepAsync(id, _picture.ContentType, _picture.Content, _picture.Thumbnail, default);
        await Cases.FileAsync(Filing(run), default);
        return (ids[0], ids[1]);
    }

    private async Task ReadsAsync(long id)
    {
        Assert.That((await Photos.ReadAsync(id, false, Centre, default))!.Content, Is.EqualTo(_picture.Content));
        Assert.That((await Photos.ReadAsync(id, true, Centre, default))!.Content, Is.EqualTo(_picture.Thumbnail));
    }
}
