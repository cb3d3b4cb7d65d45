using Bot.Host.Endpoints.Api;
using NUnit.Framework;

namespace Bot.Tests.Endpoints.Api;

public sealed class BulkRoomTests
{
    [Test]
    public async Task One_owner_takes_one_place_however_many_it_sends()
    {
        using BulkRoom room = new();
        var first = await room.EnterAsync("a", default);
        var (second, third) = (room.EnterAsync("a", default), room.EnterAsync("a", default));
        using var other = await room.EnterAsync("b", default);
        Assert.That(other, Is.Not.Null);
        var waits = room.EnterAsync("c", default);
        Assert.That((second.IsCompleted, third.IsCompleted, waits.IsCompleted), Is.EqualTo((false, false, false)));
        first!.Dispose();
        using var next = await waits;
        Assert.That(next, Is.Not.Null);
        Assert.That((second.IsCompleted, third.IsCompleted), Is.EqualTo((false, false)), "its others come after who waited longer");
    }

    [Test]
    public async Task Bodies_wait_on_the_disk_as_they_came_and_one_owner_fills_half_of_it_at_most()
    {
        Spool spool = new(1 << 20);
        var body = new byte[400 << 10];
        new Random(1).NextBytes(body);
        await using var one = await spool.TakeInAsync("a", new MemoryStream(body), default);
        Assert.That(await spool.TakeInAsync("a", new MemoryStream(body), default), Is.Null);
        await using (var other = await spool.TakeInAsync("b", new MemoryStream(body), default))
        {
            Assert.That(await other!.ReadAsync(default), Is.EqualTo(body));
            Assert.That(await spool.TakeInAsync("c", new MemoryStream(body), default), Is.Null, "there is no room left");
        }

        await using var late = await spool.TakeInAsync("c", new MemoryStream(body), default);
        Assert.That(late, Is.Not.Null);
        Assert.That(await one!.ReadAsync(default), Is.EqualTo(body));
    }
}
