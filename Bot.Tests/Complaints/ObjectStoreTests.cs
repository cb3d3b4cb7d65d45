using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Bot.Data;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.Handlers.Complaints;
using ImageMagick;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>Photos in an S3-compatible store: a small one in this process, which takes signed requests only.</summary>
public sealed class ObjectStoreTests : CaseFixture
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = [];
    private string _young = "";
    private WebApplication _store = null!;

    [OneTimeSetUp]
    public async Task StartStore()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _store = builder.Build();
        _store.Run(AnswerAsync);
        await _store.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopStore() => await _store.DisposeAsync();

    [Test]
    public async Task A_photo_lies_in_the_store_is_shown_from_there_and_goes_with_its_row()
    {
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(Chat.Clock).AddLogging()
            .AddSingleton<ICaseLetters>(Chat.Get<ICaseLetters>())
            .AddObjectStore(new() { Endpoint = _store.Urls.First(), Bucket = "case-photos", AccessKey = "AKIDTEST", SecretKey = "secret" })
            .AddBotDatabase(ConnectionString).AddLocalSessions().BuildServiceProvider();
        var (photos, cases) = (services.GetRequiredService<ICasePhotos>(), services.GetRequiredService<ICases>());
        var (run, loose) = (Guid.NewGuid(), Guid.NewGuid());
        await photos.AddAsync(Citizen, run, "m1", false, default);
        await photos.AddAsync(Citizen, loose, "m2", false, default);
        var ids = (await AskAsync<long[]>("select array_agg(id order by id) from case_photo"))!;
        var picture = PhotoFile.Read(PhotoTests.Photo(MagickFormat.Png))!;
        foreach (var id in ids)
            await photos.KeepAsync(id, picture.ContentType, picture.Content, picture.Thumbnail, default);
        var filed = await cases.FileAsync(Filing(run), default);

        Assert.That(_objects.Keys, Has.All.StartWith("/case-photos/case-photo/").And.Exactly(2).Items);
        Assert.That(await AskAsync<int>("select count(*) from case_photo where content is null and object is not null and thumbnail is not null"), Is.EqualTo(2));
        Assert.That((await photos.ReadAsync(ids[0], false, Centre, default))!.Content, Is.EqualTo(picture.Content));
        Assert.That(await photos.ReadAsync(ids[0], false, Officer, default), Is.Null, "not dispatched to them");

        Assert.That(_objects.Values, Has.None.EqualTo(picture.Content), "it lies sealed");

        // An older release kept it as it was sent.
        var plain = $"/case-photos/{await AskAsync<string>($"select object from case_photo where id = {ids[0]}")}";
        _objects[plain] = picture.Content;
        await ExecuteAsync($"update case_photo set seal = null, thumbnail = @Thumbnail where id = {ids[0]}", new { picture.Thumbnail });
        Assert.That((await photos.ReadAsync(ids[0], false, Centre, default))!.Content, Is.EqualTo(picture.Content));
        for (OpenPicture? at = null; (at = await services.GetRequiredService<IOpenPictures>().SealNextAsync(at, default)) is not null;)
            Assert.That(at.Fault, Is.Null);

        Assert.That(_objects.Keys, Has.None.EqualTo(plain).And.Exactly(2).Items);
        Assert.That(_objects.Values, Has.None.EqualTo(picture.Content));
        Assert.That((await photos.ReadAsync(ids[0], false, Centre, default))!.Content, Is.EqualTo(picture.Content));

        // What belongs to no case is forgotten there, too.
        Chat.Clock.Advance(TimeSpan.FromDays(8));
        await services.GetRequiredService<ICaseDrafts>().ForgetAsync(default);
        Assert.That((_objects.Count, await AskAsync<string>("select string_agg(id::text, ',') from case_photo")), Is.EqualTo((1, $"{ids[0]}")), filed.Number);

        // What a host left that died before its row was written; the second may still get one.
        var (lost, young) = ($"/case-photos/case-photo/{ids[0]}-{Guid.NewGuid():N}", $"/case-photos/case-document/7-{Guid.NewGuid():N}");
        (_objects[lost], _objects[young], _young) = ([1], [2], young);
        await services.GetRequiredService<ICaseDrafts>().ForgetAsync(default);
        Assert.That(_objects.Keys, Has.Count.EqualTo(2).And.Contain(young));
        _young = "";
        await services.GetRequiredService<ICaseDrafts>().ForgetAsync(default);
        Assert.That(_objects, Has.Count.EqualTo(1), "what a row names stays");
    }

    // Path style, as stores that are not Amazon's have it.
    private async Task AnswerAsync(HttpContext http)
    {
        var (path, body) = (http.Request.Path.Value!, new MemoryStream());
        await http.Request.Body.CopyToAsync(body);
        if (!http.Request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 Credential=AKIDTEST/", StringComparison.Ordinal))
        {
            http.Response.StatusCode = (int)HttpStatusCode.Forbidden;
        }
        else if (http.Request.Method == "PUT")
        {
            _objects[path] = body.ToArray();
            http.Response.Headers.ETag = "\"d41d8cd98f00b204e9800998ecf8427e\"";
        }
        else if (http.Request.Method == "DELETE")
        {
            http.Response.StatusCode = _objects.TryRemove(path, out _) ? (int)HttpStatusCode.NoContent : (int)HttpStatusCode.NotFound;
        }
        else if (http.Request.Query["list-type"] == "2")
        {
            var prefix = $"{path.TrimEnd('/')}/{http.Request.Query["prefix"]}";
            var found = _objects.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
            // One a page, so that there is a next one.
            var from = int.TryParse(http.Request.Query["continuation-token"], out var at) ? at : 0;
            var items = found.Skip(from).Take(1).Select(k =>
                $"<Contents><Key>{k["/case-photos/".Length..]}</Key><LastModified>{(k == _young ? Chat.Clock.GetUtcNow() : DateTimeOffset.UnixEpoch):yyyy-MM-dd'T'HH:mm:ss'.000Z'}</LastModified><Size>1</Size></Contents>");
            var more = from + 1 < found.Length;
            http.Response.ContentType = "application/xml";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(
                $"<ListBucketResult><IsTruncated>{(more ? "true" : "false")}</IsTruncated>{string.Concat(items)}{(more ? $"<NextContinuationToken>{from + 1}</NextContinuationToken>" : "")}</ListBucketResult>"));
        }
        else if (_objects.TryGetValue(path, out var content))
        {
            await http.Response.Body.WriteAsync(content);
        }
        else
        {
            http.Response.StatusCode = (int)HttpStatusCode.NotFound;
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<Error><Code>NoSuchKey</Code></Error>"));
        }
    }
}
