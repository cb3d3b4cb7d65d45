using System.Text;

using Bot.WeChat.Api;

using Microsoft.AspNetCore.Http;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class MediaTests
{
    private const string Upload = "/cgi-bin/media/upload";
    private const string Get = "/cgi-bin/media/get";
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, (byte)'{', 0x0D, 0x0A];

    private ScriptedPlatform _platform;
    private ApiClient _client;
    private IMedia _media;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _client = new ApiClient(_platform.Address, new QuickRetries());
        _media = _client.Get<IMedia>();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [TestCase("a.jpg", "a.jpg")]
    [TestCase("照片 1.jpg", "___1.jpg")]
    [TestCase("x\"\r\nEvil: 1.jpg", "x___Evil__1.jpg")]
    [TestCase("照片", "file")]
    public async Task Uploads_exactly_these_bytes(string name, string sent)
    {
        _platform.Says(Upload, """{"type":"image","media_id":"m1","created_at":1735689600}""");

        await _media.UploadAsync(MediaKind.Image, MediaFile.Of(name, "image/jpeg", Jpeg), default);

        var asked = _platform.AskedFor(Upload).Single();
        var boundary = asked.ContentType!["multipart/form-data; boundary=".Length..];
        byte[] expected =
        [
            .. Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{sent}\"\r\nContent-Type: image/jpeg\r\n\r\n"),
            .. Jpeg,
            .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"),
        ];
        Assert.That(boundary, Does.Match("^----bot[0-9a-f]{24}$"));
        Assert.That(asked.Body, Is.EqualTo(expected));
        Assert.That(asked.ContentLength, Is.EqualTo(expected.Length));
    }

    [Test]
    public async Task Describes_a_permanent_video()
    {
        _platform.Says("/cgi-bin/material/add_material", """{"media_id":"v1"}""");

        await _media.AddPermanentAsync(MediaKind.Video, MediaFile.Of("a.mp4", "video/mp4", [1]), new("办事流程😀", "两分钟看懂"), default);

        Assert.That(
            _platform.AskedFor("/cgi-bin/material/add_material").Single().Text,
            Does.Contain("name=\"description\"\r\n\r\n{\"title\":\"办事流程😀\",\"introduction\":\"两分钟看懂\"}\r\n--"));
    }

    [Test]
    public async Task Reads_a_thumb_by_its_own_name_and_opens_the_file_again_for_a_repeat()
    {
        _platform.Says(Upload, """{"errcode":-1,"errmsg":"system error"}""", """{"type":"thumb","thumb_media_id":"t1"}""");

        var result = await _media.UploadAsync(MediaKind.Thumb, MediaFile.Of("a.jpg", "image/jpeg", Jpeg), default);

        Assert.That(result.Value, Is.EqualTo("t1"));
        Assert.That(_platform.AskedFor(Upload).Select(r => r.Body.Length).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Downloads_into_a_stream()
    {
        _platform.Does(Get, Gives(Jpeg, "image/jpeg"));
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 1000, default);

        Assert.That(result.Value, Is.EqualTo(new MediaReceived("image/jpeg", "m1.jpg", Jpeg.Length)));
        Assert.That(file.ToArray(), Is.EqualTo(Jpeg));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Stops_at_the_bound_whether_the_length_was_told_or_not(bool told)
    {
        _platform.Does(Get, async http =>
        {
            http.Response.ContentType = "image/jpeg";
            if (told)
                http.Response.ContentLength = 200_000;
            await http.Response.Body.WriteAsync(new byte[200_000]);
        });
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 100_000, default);

        Assert.That(result.Error?.Code, Is.EqualTo(45001));
        Assert.That(file.Length, Is.LessThanOrEqualTo(100_000));
    }

    [TestCase("application/json")]
    [TestCase("text/plain")]
    [TestCase("image/jpeg")]
    public async Task An_error_is_an_error_whatever_the_content_type(string contentType)
    {
        _platform.Does(Get, Gives("""{"errcode":40007,"errmsg":"invalid media_id rid: 1-2-3"}"""u8.ToArray(), contentType));
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 1000, default);

        Assert.That(result.Error?.Code, Is.EqualTo(40007));
        Assert.That(file.Length, Is.Zero);
    }

    [Test]
    public async Task Follows_to_where_the_video_is_without_the_token()
    {
        _platform.Says(Get, $$"""{"video_url":"{{_platform.Address}}/videos/1.mp4?key=1"}""");
        _platform.Does("/videos/1.mp4", Gives([0, 0, 0, 1], "video/mp4"));
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 1000, default);

        Assert.That(result.Value?.ContentType, Is.EqualTo("video/mp4"));
        Assert.That(_platform.AskedFor("/videos/1.mp4").Single().Query.Keys, Is.EqualTo(new[] { "key" }));
    }

    [TestCase("http://169.254.169.254/latest/meta-data")]
    [TestCase("http://evilqq.com/1.mp4")]
    [TestCase("file:///etc/passwd")]
    public async Task Does_not_follow_just_anywhere(string url)
    {
        _platform.Says(Get, $$"""{"video_url":"{{url}}"}""");
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 1000, default);

        Assert.That(result.Error?.Message, Is.EqualTo("the video is kept at an unknown place"));
    }

    [Test]
    public async Task A_page_is_no_file()
    {
        _platform.Does(Get, Gives("<html></html>"u8.ToArray(), "text/html"));
        using var file = new MemoryStream();

        var result = await _media.DownloadAsync("m1", file, maxBytes: 1000, default);

        Assert.That(result.Error?.Class, Is.EqualTo(ErrorClass.OutcomeUnknown));
        Assert.That(file.Length, Is.Zero);
    }

    private static RequestDelegate Gives(byte[] bytes, string contentType) => async http =>
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.ContentDisposition = "attachment; filename=\"m1.jpg\"";
        await http.Response.Body.WriteAsync(bytes);
    };
}
