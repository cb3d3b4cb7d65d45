using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using Bot.WeChat.Api;
using ImageMagick;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

public sealed class PhotoTests : CaseFixture
{
    internal static byte[] Photo(MagickFormat format = MagickFormat.Jpeg)
    {
        using var image = new MagickImage(MagickColors.SteelBlue, 640, 480);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Make, "PhoneMaker");
        exif.SetValue(ExifTag.GPSLatitudeRef, "N");
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(39), new Rational(54), new Rational(0)]);
        image.SetProfile(exif);
        return image.ToByteArray(format);
    }

    [Test]
    public async Task Photos_go_with_the_story_and_are_freed_of_where_they_were_taken()
    {
        Media.Files["p1"] = Photo();
        Media.Files["p2"] = Photo(MagickFormat.Png);
        await PlaysAsync(
            """
            > 投诉 人民路路灯不亮
            …
            > 1
            …
            >! image p1
            已记录（共7字）。照片1/9张。可以继续补充，全部发完后请回复“完成”。
            > 完成
            …
            > 1
            已收到1张照片，还可以再发8张，发完请回复“完成”；不再发请回复“1”：
            1. 没有了，下一步
            >! image p2
            已收到2张（最多9张）。可以继续发，发完请回复“完成”。
            > 完成
            是否需要匿名？
            …
            > 1
            …
            > 1
            …
            > 1
            …
            """);
        await FetchPhotosAsync();
        var found = (await Cases.MineAsync(Citizen, 1, default)).Single();
        var photos = (await Desk.FindAsync(found.Number, Centre, default))!.Photos;
        Assert.That(photos.Select(p => p.Status), Is.EqualTo(new[] { "kept", "kept" }));
        var kept = (await Chat.Get<ICasePhotos>().ReadAsync(photos[0].Id, false, Centre, default))!;
        using var image = new MagickImage(kept.Content);
        Assert.That((kept.ContentType, image.GetExifProfile(), image.Width), Is.EqualTo(("image/jpeg", (IExifProfile?)null, 640u)));
        using var small = new MagickImage((await Chat.Get<ICasePhotos>().ReadAsync(photos[1].Id, true, Centre, default))!.Content);
        Assert.That(small.Width, Is.EqualTo(320));
        Assert.That(await Chat.Get<ICasePhotos>().ReadAsync(photos[0].Id, false, Officer, default), Is.Null, "not dispatched to them");
    }

    [Test]
    public async Task Fetching_is_tried_for_three_days_and_then_the_citizen_is_told_which_photo_it_was()
    {
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, Guid.NewGuid(), "p1", video: false, default);
        Media.Fault = new ApiError(-1, "busy", null, ErrorClass.Retry);
        for (var hours = 0; hours <= 71; hours++)
        {
            await FetchPhotosAsync();
            Chat.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("fetching"));
        Chat.Clock.Advance(TimeSpan.FromHours(2));
        await FetchPhotosAsync();
        Assert.That(await AskAsync<string>("select status || ' ' || reason from case_photo"), Is.EqualTo("failed lapsed"));
        Assert.That(await WordsAsync(), Is.EqualTo(new[]
        {
            "很抱歉，您发送的第1个照片或视频没有保存成功：微信服务器上的文件已经取不到。其他内容都已保留，需要的话请在“我的工单”里补充。",
        }));
    }

    [Test]
    public async Task Errors_in_between_cost_nothing()
    {
        Media.Files["p1"] = Photo();
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, Guid.NewGuid(), "p1", video: false, default);
        Media.Fault = ApiErrorOf(-1);
        await FetchPhotosAsync();
        Media.Fault = null;
        Chat.Clock.Advance(TimeSpan.FromHours(1));
        await FetchPhotosAsync();
        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("kept"));
    }

    [TestCase("too-large", "文件超过10MB")]
    [TestCase("not-a-picture", "不是可以识别的照片或视频")]
    [TestCase("too-many-pixels", "图片尺寸太大")]
    public async Task A_film_too_large_and_a_photo_that_is_none_are_told(string reason, string words)
    {
        Media.Files["p1"] = reason switch { "too-large" => new byte[30 * 1024 * 1024], "too-many-pixels" => Wall(), _ => "<html>not a photo</html>"u8.ToArray() };
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, Guid.NewGuid(), "p1", video: reason == "too-large", default);
        await FetchPhotosAsync();
        Assert.That(await AskAsync<string>("select reason from case_photo"), Is.EqualTo(reason));
        Assert.That((await WordsAsync()).Single(), Does.Contain(words));
    }

    [Test]
    public async Task Originals_sent_together_are_all_kept()
    {
        using var image = new MagickImage(MagickColors.SteelBlue, 4000, 3000) { Orientation = Orientation.RightTop };
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        image.SetProfile(exif);
        var original = image.ToByteArray(MagickFormat.Jpeg);
        var read = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PhotoFile.ReadAsync(original, default))));
        Assert.That(read, Has.All.Not.Null, "each takes 96 MB while it is turned upright");
        using var kept = new MagickImage(read[0]!.Content);
        Assert.That((kept.Width, kept.Height), Is.EqualTo((1800u, 2400u)));
    }

    [Test, NonParallelizable]
    public async Task A_picture_for_which_there_is_no_room_is_fetched_again()
    {
        Media.Files["p1"] = Photo();
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, Guid.NewGuid(), "p1", video: false, default);
        Assert.That(PhotoFile.IsHuge(Media.Files["p1"]), Is.False);
        var room = ResourceLimits.Memory;
        ResourceLimits.Memory = 64 * 1024;
        try
        {
            await FetchPhotosAsync();
        }
        finally
        {
            ResourceLimits.Memory = room;
        }

        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("fetching"));
        Chat.Clock.Advance(TimeSpan.FromHours(1));
        await FetchPhotosAsync();
        Assert.That(await AskAsync<string>("select status from case_photo"), Is.EqualTo("kept"));
    }

    // A few bytes that unpack to half a gigabyte.
    private static byte[] Wall()
    {
        using var small = new MagickImage(MagickColors.White, 1, 1);
        var png = small.ToByteArray(MagickFormat.Png);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 11_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 11_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    [Test]
    public async Task A_picture_outside_a_form_is_offered_to_a_case()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        Media.Files["p9"] = Photo();
        await PlaysAsync(
            $"""
            >! image p9
            收到。要把它附到哪件工单？请回复数字：
            1. {filed.Number} 待受理 路灯照明
            2. 新提交一件（填写时请再发一次）
            3. 暂时不用
            > 1
            已附到工单 {filed.Number}。
            """);
        await FetchPhotosAsync();
        Assert.That((await Desk.FindAsync(filed.Number, Centre, default))!.Photos.Single().Status, Is.EqualTo("kept"));
    }

    [Test]
    public void A_film_loses_its_place_and_keeps_its_length()
    {
        byte[] film = [.. Box("ftyp", "isomiso2"u8), .. Box("moov", [.. Box("mvhd", new byte[8]), .. Box("udta", Box("\u00A9xyz", "+39.9042+116.4074/"u8))]), .. Box("mdat", new byte[32])];
        var kept = PhotoFile.Read(film)!;
        Assert.That(kept.ContentType, Is.EqualTo("video/mp4"));
        Assert.That(kept.Content, Has.Length.EqualTo(film.Length));
        Assert.That(System.Text.Encoding.Latin1.GetString(kept.Content), Does.Not.Contain("116.4074").And.Contain("free").And.Contain("mvhd"));
    }

    [Test]
    public void A_photo_in_the_box_of_a_film_is_a_photo()
    {
        var kept = PhotoFile.Read(Photo(MagickFormat.Avif))!;
        Assert.That(kept, Is.Not.Null.And.Property("ContentType").EqualTo("image/jpeg").And.Property("Thumbnail").Not.Null);
        Assert.That(MagickNET.SupportedFormats.Single(f => f.Format is MagickFormat.Heic).SupportsReading, "as phones take them");
        Assert.That(PhotoFile.Read(Box("ftyp", "heicmif1heic"u8)), Is.Null, "told in words, not kept as a film");
    }

    [Test]
    public void Files_that_only_begin_like_a_photo_are_none()
    {
        Assert.That(PhotoFile.Read([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]), Is.Null);
        Assert.That(PhotoFile.Read("push graphic-context"u8.ToArray()), Is.Null);
        Assert.That(PhotoFile.Read([]), Is.Null);
    }

    private static ApiError ApiErrorOf(int code) => new(code, "busy", null, ErrorClass.Retry);

    private static byte[] Box(string name, ReadOnlySpan<byte> content)
    {
        var box = new byte[8 + content.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        System.Text.Encoding.Latin1.GetBytes(name).CopyTo(box, 4);
        content.CopyTo(box.AsSpan(8));
        return box;
    }
}
