using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Bot.Data;
using Bot.Data.Cases;
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

        // What belongs to no case is forgotten there, too.
        Chat.Clock.Advance(TimeSpan.FromDays(8));
        await services.GetRequiredService<ICaseDrafts>().ForgetAsync(default);
        Assert.That((_objects.Count, await AskAsync<string>("select string_agg(id::text, ',') from case_photo")), Is.EqualTo((1, $"{ids[0]}")), filed.Number);
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
