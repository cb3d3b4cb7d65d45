using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Bot.Simulator.World;

/// <summary>What happens, told to every open page as it happens.</summary>
internal sealed class LiveFeed
{
    // A page that cannot keep up loses the oldest news and reloads the state; it must not hold the platform's memory.
    private const int Backlog = 1000;

    private readonly ConcurrentDictionary<Channel<News>, bool> _pages = new();

    public void Tell(string kind, Func<object> what)
    {
        if (_pages.IsEmpty)
            return;
        var news = new News(kind, JsonSerializer.Serialize(what(), Json.Web));
        foreach (var page in _pages.Keys)
            page.Writer.TryWrite(news);
    }

    public Channel<News> Open()
    {
        var page = Channel.CreateBounded<News>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        _pages[page] = true;
        return page;
    }

    public void Close(Channel<News> page) => _pages.TryRemove(page, out _);

    internal sealed record News(string Kind, string Json);
}
