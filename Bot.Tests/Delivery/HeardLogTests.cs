using Bot.Host.Delivery;
using Bot.WeChat;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

[NonParallelizable]
public sealed class HeardLogTests
{
    private readonly HeardTable _table = new();

    [Test]
    public async Task Notes_who_wrote_behind_the_messages_way_and_at_the_end()
    {
        using var log = new HeardLog(_table, TimeProvider.System, NullLogger<HeardLog>.Instance);
        await log.StartAsync(CancellationToken.None);
        log.Note(InboxHost.Typed(new("o1"), "在吗"));
        await Eventually.IsTrueAsync(() => _table.Heard.ContainsKey(new("o1")), "it is written");

        log.Note(InboxHost.Typed(new("o2"), "在吗"));
        log.Note(new ViewEvent { Account = "gh_test", From = new("o3"), CreateTime = 1, Name = "VIEW" });
        await log.StopAsync(CancellationToken.None);
        Assert.That(_table.Heard.Keys.Select(o => o.Value), Is.EquivalentTo(["o1", "o2"]), "a page that is opened opens no window");
    }

    [Test]
    public async Task Writes_later_what_the_database_did_not_take()
    {
        _table.Away = true;
        using var log = new HeardLog(_table, TimeProvider.System, NullLogger<HeardLog>.Instance);
        await log.StartAsync(CancellationToken.None);
        for (var n = 0; n < 12_000; n++)
            log.Note(InboxHost.Typed(new($"o{n}"), "在吗"));
        await Eventually.IsTrueAsync(() => _table.Refused > 0, "it was tried");
        Assert.That(_table.Heard, Is.Empty);
        _table.Away = false;
        await Eventually.IsTrueAsync(() => _table.Heard.Count == 12_000, "all are written");
        await log.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Notes_a_citizen_who_goes_on_writing_once()
    {
        using var log = new HeardLog(_table, TimeProvider.System, NullLogger<HeardLog>.Instance);
        for (var n = 0; n < 100; n++)
            log.Note(InboxHost.Typed(new("o1"), "在吗"));
        await log.StartAsync(CancellationToken.None);
        await log.StopAsync(CancellationToken.None);
        Assert.That(_table.Heard[new("o1")], Is.EqualTo(1));
    }

    [SetUp]
    public void Empty()
    {
        _table.Heard.Clear();
        (_table.Away, _table.Refused) = (false, 0);
    }
}
